import { describe, expect, it } from 'vitest'
import { START, take } from '../check/transition'
import { effectsOf } from './effects'
import { type FaultInput, faultFor, faultSchema } from './fault'
import { planSaga } from './plan'
import { sagaOf } from './testing'

const faults = (...inputs: readonly FaultInput[]) => inputs.map((input) => faultSchema.parse(input))
const error = { type: 'error', code: 'Broken' } as const
const at = (nodeId: string, phase: 'action' | 'compensation' = 'action', attempt = 1) => ({
  nodeId,
  phase,
  attempt,
})

describe('a fault', () => {
  it('strikes its own node and half of it, on every attempt unless it names one', () => {
    const always = faults({ node: 'a', effect: error })
    expect(
      [at('a'), at('a', 'action', 9), at('b'), at('a', 'compensation')].map(
        (where) => faultFor(always, 's', where) !== undefined,
      ),
    ).toEqual([true, true, false, false])
    const second = faults({ node: 'a', phase: 'compensation', attempt: 2, effect: error })
    expect(
      [1, 2, 3].map((attempt) => faultFor(second, 's', at('a', 'compensation', attempt)) !== undefined),
    ).toEqual([false, true, false])
  })

  it('is a business error for every time unless it says otherwise', () => {
    expect(faults({ node: 'a', effect: { type: 'error' } })).toEqual([
      {
        node: 'a',
        phase: 'action',
        probability: 1,
        effect: { type: 'error', code: 'InjectedFault', kind: 'business' },
      },
    ])
  })

  it('the first that applies strikes', () => {
    const both = faults(
      { node: 'a', attempt: 2, effect: { type: 'latency', ms: 5 } },
      { node: 'a', effect: error },
    )
    expect([1, 2].map((attempt) => faultFor(both, 's', at('a', 'action', attempt))?.effect.type)).toEqual([
      'error',
      'latency',
    ])
  })

  it('with a probability strikes that share of runs, and the same run the same way', () => {
    const rare = faults({ node: 'a', probability: 0.3, effect: error })
    const struck = Array.from(
      { length: 10_000 },
      (_, run) => faultFor(rare, `s${run}`, at('a')) !== undefined,
    )
    // Three standard errors of a share of 0.3 in 10,000 draws are 0.014.
    expect(Math.abs(struck.filter(Boolean).length / 10_000 - 0.3)).toBeLessThan(0.014)
    expect(struck.slice(0, 100)).toEqual(
      Array.from({ length: 100 }, (_, run) => faultFor(rare, `s${run}`, at('a')) !== undefined),
    )
    expect(faultFor(faults({ node: 'a', probability: 0, effect: error }), 's', at('a'))).toBeUndefined()
  })

  it('comes with the attempt it strikes', () => {
    const plan = planSaga(sagaOf({ a: {}, b: {} }, ['start>a>end', 'start>b>end']))
    const begun = take(plan, START, {
      type: 'start',
      saga: 'saga',
      designVersion: 1,
      input: {},
      seed: 's',
      mode: 'live',
      faults: faults({ node: 'a', effect: error }),
      at: 0,
    })
    if (!begun.ok) throw new Error(begun.error.code)
    const struck = effectsOf(plan, begun.value.position.state).map(
      (effect) => effect.type === 'perform' && [effect.nodeId, effect.fault?.effect.type],
    )
    expect(struck).toEqual([
      ['a', 'error'],
      ['b', undefined],
    ])
  })
})
