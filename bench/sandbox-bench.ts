import type { CodeCall } from '@/core/code/contract'
import { createServerCodeRunner } from '@/server/sandbox/runner'

/**
 * `npx tsx bench/sandbox-bench.ts`: what user code costs, as JSON. Medians of five rounds, after a warm-up, in µs.
 */
const program = {
  functions: {
    evolve:
      "(state, event) => ({ ...state, total: state.total + event.data.quantity * event.data.price, status: 'Pending', version: state.version + 1 })",
    decide:
      "(command, state) => state.status === 'Pending' ? event('Added', command.payload) : reject('NotPending')",
    pick: '(data) => ({ amount: data.total, user: data.customer })',
  },
}
const evolve = { Added: 'evolve' }
const payload = { product: 'book', quantity: 2, price: 10 }
const state = { customer: 'c1', total: 0, status: 'Pending', version: 0 }
const events = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ type: 'Added', data: payload, version: i + 1 }))
const command = { type: 'Add', payload, at: 0, commandId: 'c' }

const call: CodeCall = { kind: 'call', fn: 'pick', args: [{ total: 3, customer: 'c1' }] }
const handle: CodeCall = { kind: 'handle', evolve, decide: 'decide', state, events: events(1), command }

const runner = createServerCodeRunner({ size: 1 })

async function all(calls: readonly CodeCall[]): Promise<void> {
  for (const answer of await Promise.all(calls.map((one) => runner.run(program, one)))) {
    if (!answer.ok) throw new Error(answer.error.message)
  }
}

/** µs per unit: `rounds` times `batch`, which holds `units` units. */
async function measure(batch: readonly CodeCall[], units: number, rounds: number): Promise<number> {
  for (let i = 0; i < rounds; i++) await all(batch)
  const figures: number[] = []
  for (let round = 0; round < 5; round++) {
    const startedAt = performance.now()
    for (let i = 0; i < rounds; i++) await all(batch)
    figures.push(((performance.now() - startedAt) * 1000) / (rounds * units))
  }
  return Number(figures.sort((a, b) => a - b)[2]?.toFixed(1))
}

async function boot(): Promise<number> {
  const startedAt = performance.now()
  await runner.run({ functions: { f: `() => ${startedAt}` } }, { kind: 'call', fn: 'f', args: [] })
  return Number((performance.now() - startedAt).toFixed(1))
}

await all([call])
const result = {
  callBatch1Us: await measure([call], 1, 500),
  callBatch100Us: await measure(Array(100).fill(call), 100, 20),
  handleBatch1Us: await measure([handle], 1, 500),
  handleBatch100Us: await measure(Array(100).fill(handle), 100, 20),
  foldedEventUs: await measure([{ kind: 'fold', evolve, state, events: events(2_000) }], 2_000, 5),
  newProgramMs: await boot(),
}
console.log(JSON.stringify(result))
await runner.close()
