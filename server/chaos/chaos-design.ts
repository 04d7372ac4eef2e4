import type { DesignInput } from '@/core/design/document'

type Saga = NonNullable<DesignInput['sagas']>[number]
type Node = Saga['nodes'][number]

const edges = (...pairs: readonly string[]) =>
  pairs.map((pair, index) => {
    const [from = '', to = ''] = pair.split('>')
    return { id: `e${index}`, from, to }
  })

/** One command there, one back: both carry the id of the command, so that what happened twice shows. */
const adds = (id: string, key: string): Node => ({
  id,
  type: 'step',
  action: { type: 'command', aggregate: 'Counter', command: 'Add', key, payload: '() => ({})' },
  compensation: {
    action: { type: 'command', aggregate: 'Counter', command: 'Remove', key, payload: '() => ({})' },
  },
})

const OWN = '(input, ctx) => ctx.runId'
/** Few keys for many runs: their commands meet, and are decided again. */
const SHARED = "(input, ctx) => 'shared-' + (ctx.runId.charCodeAt(0) % 5)"

const flaky: Node = {
  id: 'flaky',
  type: 'step',
  action: { type: 'call', service: 'depot', operation: 'unlucky' },
  retry: [{ maxAttempts: 4, intervalMs: 30, jitter: 'full' }],
  compensation: {
    action: { type: 'call', service: 'depot', operation: 'giveBack' },
    retry: [{ maxAttempts: 20, intervalMs: 30 }],
  },
}

/** Succeeds or fails as the run's seed says; a failure undoes everything before it. */
const lucky = (id: string, fails: number): Node => ({
  id,
  type: 'step',
  action: { type: 'script', code: `(input, ctx) => ctx.random < ${fails} ? fail('NoLuck', 'drawn') : ({})` },
})

/** A real call to the witness, and back: it writes down under which key each came. */
const told: Node = {
  id: 'told',
  type: 'step',
  action: { type: 'call', service: 'witness', operation: 'tell' },
  retry: [{ maxAttempts: 50, intervalMs: 30, backoffRate: 1 }],
  compensation: {
    action: { type: 'call', service: 'witness', operation: 'takeBack' },
    retry: [{ maxAttempts: 50, intervalMs: 30, backoffRate: 1 }],
  },
}

const work: Saga = {
  id: 'work',
  nodes: [
    { id: 'start', type: 'start' },
    adds('own', OWN),
    told,
    flaky,
    { id: 'pause', type: 'wait', durationMs: 120 },
    adds('left', SHARED),
    adds('right', OWN),
    lucky('judge', 0.4),
  ],
  edges: edges(
    'start>own',
    'own>told',
    'told>flaky',
    'flaky>pause',
    'pause>left',
    'pause>right',
    'left>judge',
    'right>judge',
  ),
}

const each: Saga = {
  id: 'each',
  nodes: [
    { id: 'start', type: 'start' },
    {
      id: 'all',
      type: 'map',
      items: '() => [1, 2, 3]',
      maxConcurrency: 2,
      body: { type: 'saga', saga: 'round' },
    },
    lucky('judge', 0.3),
  ],
  edges: edges('start>all', 'all>judge'),
}

const round: Saga = {
  id: 'round',
  nodes: [{ id: 'start', type: 'start' }, adds('add', OWN), { id: 'pause', type: 'wait', durationMs: 40 }],
  edges: edges('start>add', 'add>pause'),
}

const asks: Saga = {
  id: 'asks',
  nodes: [
    { id: 'start', type: 'start' },
    adds('before', OWN),
    { id: 'ask', type: 'approval', timeoutMs: 5_000, onTimeout: 'continue' },
    adds('after', OWN),
  ],
  edges: edges('start>before', 'before>ask', 'ask>after'),
}

const witnessed = (id: string, url: string) => ({
  id,
  http: { method: 'POST' as const, url: { type: 'template' as const, template: url }, timeoutMs: 2_000 },
})

/**
 * Commands, real calls, retries, waits, parallel branches, sagas within a map, people, and compensations of all of them.
 * @param witnessUrl where the witness is
 */
export const chaosDesign = (witnessUrl: string): DesignInput => ({
  formatVersion: 1,
  name: 'Chaos',
  services: [
    {
      id: 'witness',
      operations: [
        witnessed('tell', `${witnessUrl}/effects/tell`),
        witnessed('takeBack', `${witnessUrl}/effects/take-back`),
      ],
    },
    {
      id: 'depot',
      operations: [
        {
          id: 'unlucky',
          latency: { type: 'uniform', minMs: 5, maxMs: 60 },
          errors: [{ name: 'Unreachable', kind: 'technical', probability: 0.3 }],
        },
        { id: 'giveBack', latency: { type: 'fixed', ms: 5 } },
      ],
    },
  ],
  aggregates: [
    {
      id: 'Counter',
      initialState: { count: 0 },
      snapshotEvery: 20,
      commands: [
        { name: 'Add', decide: "({ commandId }) => ({ type: 'Added', data: { commandId } })" },
        { name: 'Remove', decide: "({ commandId }) => ({ type: 'Removed', data: { commandId } })" },
      ],
      events: [
        { name: 'Added', evolve: '(state) => ({ count: state.count + 1 })' },
        { name: 'Removed', evolve: '(state) => ({ count: state.count - 1 })' },
      ],
    },
  ],
  projections: [
    {
      id: 'counts',
      from: ['Counter'],
      key: '(event) => event.streamId',
      on: {
        Added: '(row) => ({ count: (row?.count ?? 0) + 1 })',
        Removed: '(row) => ({ count: (row?.count ?? 0) - 1 })',
      },
    },
  ],
  sagas: [work, each, round, asks],
})
