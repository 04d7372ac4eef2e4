import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addStep,
  chain,
  designOf,
  failStep,
  openTestWorkbench,
  runToEnd,
  step,
  storeDesign,
  type TestWorkbench,
} from './testing'

let single: TestWorkbench
let shared: TestWorkbench

beforeAll(async () => {
  single = await openTestWorkbench()
  shared = await openTestWorkbench(undefined, { limits: { decisionsPerAppend: 64 } })
})
afterAll(async () => {
  for (const wb of [single, shared]) {
    await wb.close()
    expect(wb.defects).toEqual([])
  }
})

async function story(wb: TestWorkbench, document: Parameters<typeof storeDesign>[1], seed: string) {
  const designId = await storeDesign(wb, document)
  const { run, events } = await runToEnd(wb, designId, { seed })
  const told = events.map(({ type, data }) => {
    const { at: _at, ...rest } = data as Record<string, unknown>
    return { type, ...rest }
  })
  const text = JSON.stringify({ status: run.status, data: run.data, told })
  // Ids that services give are made from the run's.
  return text.replaceAll(run.id, '<run>').replaceAll(/"[0-9a-f]{16}"/g, '"<id>"')
}

describe('decisions that share an append', () => {
  const script = (id: string, code: string) => step(id, { action: { type: 'script', code } })

  it('come to the same events as each for itself, up to a command and on from it', async () => {
    const nodes = [
      step('a', { input: '(data) => ({ ...data, a: 1 })' }),
      script('b', '() => ({ b: 2 })'),
      addStep('c', 'k'),
      script('d', "() => fail('Closed')"),
    ]
    const document = designOf(nodes, chain('start', 'a', 'b', 'c', 'd'))
    expect(await story(shared, document, 's')).toEqual(await story(single, document, 's'))
  })

  it('do so whatever the graph and wherever it fails', async () => {
    const kinds = fc.constantFrom('call', 'script', 'throws', 'fails', 'slow')
    const shape = fc.array(fc.record({ kind: kinds, after: fc.nat() }), { minLength: 1, maxLength: 7 })
    await fc.assert(
      fc.asyncProperty(shape, fc.string({ minLength: 1, maxLength: 8 }), async (steps, seed) => {
        const nodes = steps.map(({ kind }, index) => made(kind, `n${index}`))
        const edges = steps.map(({ after }, index) => {
          const from = index === 0 ? 0 : after % (index + 1)
          return `${from === 0 ? 'start' : `n${from - 1}`}>n${index}`
        })
        const document = designOf(nodes, edges)
        expect(await story(shared, document, seed)).toEqual(await story(single, document, seed))
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  function made(kind: string, id: string) {
    switch (kind) {
      case 'script':
        return script(id, `() => ({ ${id}: true })`)
      case 'throws':
        return script(id, '() => { throw new Error("no") }')
      case 'fails':
        return failStep(id)
      case 'slow':
        return step(id, { timeoutMs: 5, input: '(data) => data' })
      default:
        return step(id, { input: '(data) => data' })
    }
  }
})
