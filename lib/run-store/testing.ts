import { type Design, type DesignInput, designSchema } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import type { EventAnswer } from '@/core/protocol'
import { assertNever } from '@/core/result'
import {
  type DecidedEvent,
  decide,
  type Effect,
  effectsOf,
  evolve,
  type FaultInput,
  faultSchema,
  INITIAL_STATE,
  planSaga,
  type Stimulus,
} from '@/core/saga'
import type { RunSeed } from './run-store'

const call = (operation: string) => ({ type: 'call' as const, service: 'shop', operation })

const document: DesignInput = {
  formatVersion: 1,
  name: 'Two steps',
  services: [
    {
      id: 'shop',
      operations: [
        { id: 'pay', errors: [{ name: 'InsufficientFunds' }] },
        { id: 'refund' },
        { id: 'ship' },
        { id: 'recall' },
      ],
    },
  ],
  sagas: [
    {
      id: 'order',
      nodes: [
        { id: 'start', type: 'start', inputExample: { amount: 5 } },
        {
          id: 'pay',
          name: 'Take payment',
          type: 'step',
          action: call('pay'),
          compensation: { name: 'Refund', action: call('refund') },
          retry: [{ intervalMs: 100 }],
        },
        {
          id: 'ship',
          name: 'Ship',
          type: 'step',
          action: call('ship'),
          compensation: { action: call('recall') },
        },
        { id: 'end', type: 'end' },
      ],
      edges: [
        { id: 'e1', from: 'start', to: 'pay' },
        { id: 'e2', from: 'pay', to: 'ship' },
        { id: 'e3', from: 'ship', to: 'end' },
      ],
    },
  ],
}

export const twoSteps: Design = designSchema.parse(document)

/** What a service takes to answer in these recordings. */
export const CALL_MS = 50

/** Answers one effect: what happens next, and when. */
function answer(effect: Effect, at: number): Stimulus {
  switch (effect.type) {
    case 'timer':
      return { type: 'timer', nodeId: effect.nodeId, phase: effect.phase, at: effect.at }
    case 'prepare':
      return {
        type: 'prepared',
        nodeId: effect.nodeId,
        phase: effect.phase,
        at,
        result: { ok: true, value: effect.args[0] ?? null },
      }
    case 'choose':
      return { type: 'chosen', nodeId: effect.nodeId, at, result: { ok: true, value: 'default' } }
    case 'schedule':
      return { type: 'scheduled', nodeId: effect.nodeId, at, result: { ok: true, value: at } }
    case 'list':
      return { type: 'listed', nodeId: effect.nodeId, at, result: { ok: true, value: [1, 2] } }
    case 'judge':
      return {
        type: 'judged',
        nodeId: effect.nodeId,
        round: effect.round,
        at,
        result: { ok: true, value: true },
      }
    case 'collect':
      return { type: 'collected', nodeId: effect.nodeId, at, result: { ok: true, value: {} } }
    case 'perform': {
      const base = {
        type: 'outcome' as const,
        nodeId: effect.nodeId,
        phase: effect.phase,
        attempt: effect.attempt,
        at: at + CALL_MS,
      }
      if (effect.fault?.effect.type === 'error') {
        const { code, kind } = effect.fault.effect
        return { ...base, outcome: { type: 'failed', error: { code, kind, message: 'broken on purpose' } } }
      }
      return {
        ...base,
        outcome: { type: 'succeeded', output: { [`${effect.nodeId}_${effect.phase}`]: effect.attempt } },
      }
    }
    default:
      return assertNever(effect)
  }
}

/** A whole run of `twoSteps` as the log would hold it, recorded by the core itself. */
export function recordRun(
  faults: readonly FaultInput[] = [],
): RunSeed & { readonly events: readonly EventAnswer[] } {
  const [saga] = twoSteps.sagas
  if (!saga) throw new Error('no saga')
  const plan = planSaga(saga)
  const events: EventAnswer[] = []
  let state = INITIAL_STATE
  let at = 1_000
  const offer = (stimulus: Stimulus) => {
    const decided = decide(plan, state, stimulus)
    if (!decided.ok) throw new Error(decided.error.code)
    at = stimulus.at
    for (const { cause, ...event } of decided.value) {
      state = evolve(plan, state, event)
      const version = events.length + 1
      const metadata = {
        messageId: `m${version}`,
        correlationId: 'r1',
        causationId: cause === 0 ? 'outside' : `m${cause}`,
        schemaVersion: 1,
      }
      events.push({
        position: version,
        streamId: 'run-r1',
        version,
        type: event.type,
        data: { ...event.data } as EventAnswer['data'],
        metadata,
        recordedAt: at,
      })
    }
  }
  const parsed = faults.map((fault) => faultSchema.parse(fault))
  offer({
    type: 'start',
    saga: saga.id,
    designVersion: 3,
    input: { amount: 5 },
    seed: 's',
    mode: 'live',
    faults: parsed,
    at,
  })
  for (let effect = effectsOf(plan, state)[0]; effect; effect = effectsOf(plan, state)[0])
    offer(answer(effect, at))
  const run = { id: 'r1', designId: 'd1', designVersion: 3, saga: saga.id, mode: 'live' as const }
  return { run, design: twoSteps, saga, events }
}

/** One of the logs that the core keeps, as a run's page would have it: those of maps, loops and sagas within sagas. */
export function goldenRun(log: unknown): RunSeed & { readonly events: readonly EventAnswer[] } {
  const {
    saga,
    inner = [],
    events,
  } = log as {
    readonly saga: Saga
    readonly inner?: readonly Saga[]
    readonly events: readonly DecidedEvent[]
  }
  const design = designSchema.parse({ formatVersion: 1, name: 'Golden', sagas: [saga, ...inner] })
  const [root] = design.sagas
  if (!root) throw new Error('no saga')
  return {
    run: { id: 'r1', designId: 'd1', designVersion: 1, saga: root.id, mode: 'virtual' },
    design,
    saga: root,
    events: events.map(({ cause, ...event }, at) => ({
      position: at + 1,
      streamId: 'run-r1',
      version: at + 1,
      type: event.type,
      data: { ...event.data } as EventAnswer['data'],
      metadata: {
        messageId: `m${at + 1}`,
        correlationId: 'r1',
        causationId: cause === 0 ? 'outside' : `m${cause}`,
        schemaVersion: 1,
      },
      recordedAt: event.data.at,
    })),
  }
}
