import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDueIndex, type DueRun } from './due-index'

const run = (runId: string, at: number): DueRun => ({ runId, designId: 'd', at })

describe('what is due', () => {
  it('comes up in the order of its times, each run once, at the time that was set last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ id: fc.integer({ min: 0, max: 40 }), ago: fc.nat(1_000), gone: fc.boolean() }), {
          maxLength: 200,
        }),
        async (asked) => {
          const now = Date.now()
          const came: DueRun[] = []
          const index = createDueIndex((due) => void came.push(due))
          const expected = new Map<string, number>()
          for (const { id, ago, gone } of asked) {
            const one = run(`r${id}`, now - ago)
            index.set(one)
            expected.set(one.runId, one.at)
            if (!gone) continue
            index.delete(one.runId)
            expected.delete(one.runId)
          }
          expect(index.size).toBe(expected.size)
          while (index.size > 0) await new Promise((resolve) => setTimeout(resolve, 1))
          index.close()
          const times = came.map(({ at }) => at)
          expect(times).toEqual([...times].sort((a, b) => a - b))
          expect(new Map(came.map(({ runId, at }) => [runId, at]))).toEqual(expected)
          expect(came).toHaveLength(expected.size)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is not called for before its time, and what is due sooner is waited for instead', async () => {
    const came = await new Promise<readonly string[]>((resolve) => {
      const seen: string[] = []
      const index = createDueIndex(({ runId, at }) => {
        expect(Date.now()).toBeGreaterThanOrEqual(at)
        seen.push(runId)
        if (seen.length < 2) return
        index.close()
        resolve(seen)
      })
      index.set(run('far', Date.now() + 40 * 24 * 60 * 60 * 1000))
      index.set(run('later', Date.now() + 60))
      index.set(run('sooner', Date.now() + 20))
      // Two more timers of nobody's, so that the process stays.
      setTimeout(() => {}, 500)
    })
    expect(came).toEqual(['sooner', 'later'])
  })
})
