import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { CodeEvent } from '@/core/code/contract'
import type { Json } from '@/core/json'
import { createServerCodeRunner } from './runner'

const one = createServerCodeRunner({ size: 1 })
const other = createServerCodeRunner({ size: 2 })
afterAll(() => Promise.all([one.close(), other.close()]))

const program = {
  functions: {
    put: '(state, event) => { state.items[event.data.id] = event.data.n; return state }',
    sum: '(state, event) => ({ ...state, total: state.total + event.data.n, log: [...state.log, event] })',
    clear: '(state) => ({ items: {}, total: 0, log: state.log.slice(-2) })',
    decide:
      "(command, state) => state.total > 50 ? reject('Full') : command.payload.map((data) => event('Sum', data))",
    echo: '(...args) => args',
  },
}
const evolve = { Put: 'put', Sum: 'sum', Clear: 'clear' }
const initial = { items: {}, total: 0, log: [] }
const datum = fc.record({
  id: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')),
  n: fc.integer({ min: -20, max: 20 }),
})
const anEvent: fc.Arbitrary<CodeEvent> = fc.record({
  type: fc.constantFrom('Put', 'Sum', 'Clear', 'Other'),
  data: datum,
})
const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>

async function fold(state: Json, events: readonly CodeEvent[]): Promise<Json> {
  const answer = await one.run(program, { kind: 'fold', evolve, state, events })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value.state
}

describe('the laws of folding', () => {
  it('folding all is folding the rest on top of the first part', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anEvent, { maxLength: 30 }), fc.nat(30), async (events, at) => {
        const whole = await fold(initial, events)
        const parts = await fold(await fold(initial, events.slice(0, at)), events.slice(at))
        expect(JSON.stringify(parts)).toBe(JSON.stringify(whole))
      }),
    ))

  it("handle's state is the fold of what was before and what was decided", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anEvent, { maxLength: 20 }),
        fc.array(datum, { maxLength: 5 }),
        async (events, payload) => {
          const command = { type: 'C', payload, at: 0, commandId: 'c' }
          const answer = await one.run(program, {
            kind: 'handle',
            evolve,
            decide: 'decide',
            state: initial,
            events,
            command,
          })
          if (!answer.ok) throw new Error(answer.error.message)
          expect(answer.value.before).toEqual(await fold(initial, events))
          if (answer.value.kind === 'accepted') {
            // Once they are recorded: where and when must not show in the state.
            const recorded = [...events, ...answer.value.events].map((event, index) => ({
              ...event,
              version: index + 1,
              position: index + 7,
              recordedAt: 1_700_000_000_000 + index,
              streamId: 'A-1',
              schemaVersion: 1,
            }))
            expect(answer.value.state).toEqual(await fold(initial, recorded))
          }
        },
      ),
    ))

  it('the same inputs give the same outputs in two runners, to the byte', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(json, { maxLength: 4 }),
        fc.array(anEvent, { maxLength: 10 }),
        async (args, events) => {
          const call = { kind: 'call', fn: 'echo', args } as const
          const echoed = await one.run(program, call)
          expect(JSON.stringify(echoed)).toBe(JSON.stringify(await other.run(program, call)))
          expect(echoed).toEqual({
            ok: true,
            value: { kind: 'value', value: JSON.parse(JSON.stringify(args)) },
          })
          const folded = { kind: 'fold', evolve, state: initial, events, every: true } as const
          expect(JSON.stringify(await one.run(program, folded))).toBe(
            JSON.stringify(await other.run(program, folded)),
          )
        },
      ),
    ))
})
