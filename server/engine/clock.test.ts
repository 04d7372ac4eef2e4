import { describe, expect, test } from 'vitest'
import { virtualClock, wallClock } from './clock'

describe('the clock on the wall', () => {
  test('wakes at once for what is due, before any timer of its own turn', async () => {
    const clock = wallClock()
    const woken: string[] = []
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        // From within a timer an immediate comes first, whatever other timers there are.
        setTimeout(() => {
          woken.push('a timer')
          resolve()
        }, 0)
        clock.at(clock.now() - 1_000, () => woken.push('what was due'))
      }, 0)
    })
    expect(woken).toEqual(['what was due', 'a timer'])
  })

  test('never wakes for what was cancelled, due or not', async () => {
    const clock = wallClock()
    const woken: string[] = []
    clock.at(clock.now() - 1, () => woken.push('due'))()
    clock.at(clock.now() + 1, () => woken.push('later'))()
    await new Promise<void>((resolve) => clock.at(clock.now() + 10, resolve))
    expect(woken).toEqual([])
  })

  test('wakes no earlier than asked', async () => {
    const clock = wallClock()
    const asked = clock.now() + 20
    await new Promise<void>((resolve) => clock.at(asked, resolve))
    expect(clock.now()).toBeGreaterThanOrEqual(asked - 1)
  })
})

describe('the virtual clock', () => {
  test('jumps to what is next when nothing is under way, in the order of asking for one time', () => {
    const clock = virtualClock(1_000)
    const woken: string[] = []
    const wake = (name: string) => () => woken.push(`${name} at ${clock.now()}`)
    clock.at(3_000, wake('c'))
    clock.at(2_000, wake('a'))
    clock.at(2_000, wake('b'))
    const cancel = clock.at(2_500, wake('cancelled'))
    cancel()
    for (let turn = 0; turn < 5; turn += 1) clock.idle()
    expect(woken).toEqual(['a at 2000', 'b at 2000', 'c at 3000'])
  })
})
