import { describe, expect, it } from 'vitest'
import { inTurn } from './in-turn'

describe('jobs under one name', () => {
  it('take turns in the order in which they came, also after one that failed; others do not wait', async () => {
    const turns = inTurn()
    const order: string[] = []
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const jobs = [
      turns.run('a', () => held.then(() => void order.push('a1'))),
      turns.run('a', async () => {
        order.push('a2')
        throw new Error('a2')
      }),
      turns.run('a', async () => void order.push('a3')),
    ]
    expect(turns.waiting('a')).toBe(3)
    await turns.run('b', async () => void order.push('b1'))
    release()
    const ends = await Promise.allSettled(jobs)
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(order).toEqual(['b1', 'a1', 'a2', 'a3'])
    expect(turns.waiting('a')).toBe(0)
  })
})
