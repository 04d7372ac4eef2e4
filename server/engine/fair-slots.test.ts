import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFairSlots } from './fair-slots'

/** Work that ends when it is told to, and a record of what began. */
function workshop() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    begun.push(name)
    return new Promise<void>((resolve) => void ends.set(name, resolve))
  }
  async function end(name: string): Promise<void> {
    ends.get(name)?.()
    ends.delete(name)
    // the end is heard a few microtasks later
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, work, end, underWay: () => [...ends.keys()] }
}

describe('slots', () => {
  it('let lanes that wait take turns, however many wait in each', async () => {
    const slots = createFairSlots({ most: 1, mostPerLane: 1 })
    const { begun, work, end } = workshop()
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) void slots.run(name.charAt(0), work(name))
    expect([slots.underWay, slots.waiting(), slots.waiting('a')]).toEqual([1, 6, 3])
    for (let turn = 0; turn < 7; turn += 1) await end(begun.at(-1) ?? '')
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4'])
    expect([slots.underWay, slots.waiting()]).toEqual([0, 0])
  })

  it('keep one lane from taking all of them', async () => {
    const slots = createFairSlots({ most: 3, mostPerLane: 2 })
    const { begun, work, end } = workshop()
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) void slots.run(name.charAt(0), work(name))
    expect(begun).toEqual(['a1', 'a2', 'b1'])
    await end('b1')
    expect(begun.slice(3)).toEqual(['b2'])
  })

  it('are given back by work that fails, whose failure is the answer', async () => {
    const slots = createFairSlots({ most: 1, mostPerLane: 1 })
    const failing = slots.run('a', () => Promise.reject(new Error('no')))
    const waiting = slots.run('a', async () => 'done')
    await expect(failing).rejects.toThrow('no')
    expect(await waiting).toBe('done')
  })

  it('foretell a wait of a second to a minute', () => {
    const slots = createFairSlots({ most: 1, mostPerLane: 1 })
    expect(slots.drainsInSeconds('a')).toBe(1)
    const { work } = workshop()
    for (let index = 0; index < 1_000; index += 1) void slots.run('a', work(`a${index}`))
    expect([slots.drainsInSeconds('a'), slots.drainsInSeconds()]).toEqual([60, 60])
  })

  it('never hold more than they may, never idle beside work that may begin, and let everything through once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        async (most, mostPerLane, lanes, picks) => {
          const slots = createFairSlots({ most, mostPerLane })
          const { begun, work, end, underWay } = workshop()
          const names = lanes.map((lane, index) => `${lane}${index}`)
          for (const name of names) void slots.run(name.charAt(0), work(name))
          const waits = new Set(names)
          for (;;) {
            for (const name of begun) waits.delete(name)
            const now = underWay()
            const inLane = (lane: string) => now.filter((name) => name.startsWith(lane)).length
            expect(now.length).toBeLessThanOrEqual(most)
            for (const lane of 'abc') expect(inLane(lane)).toBeLessThanOrEqual(mostPerLane)
            if (now.length < most) for (const name of waits) expect(inLane(name.charAt(0))).toBe(mostPerLane)
            if (now.length === 0) break
            await end(now[picks.next().value % now.length] ?? '')
          }
          expect([...begun].sort()).toEqual([...names].sort())
        },
      ),
      { numRuns: 60 },
    )
  })
})
