import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DesignInput } from '@/core/design/document'
import type { StepNode } from '@/core/design/saga'
import type { JsonObject } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import type { RunAnswer, StartRun } from '@/core/protocol'
import type { FaultInput } from '@/core/saga'
import { faultSchema } from '@/core/saga'
import { createDesign } from '../commands/designs'
import { startRun } from '../commands/runs'
import { readRun } from '../queries/runs'
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../workbench'

export interface TestWorkbench extends Workbench {
  readonly databasePath: string
  /** Faults that were nobody's but ours: a test looks at them last. */
  readonly defects: readonly string[]
}

export const temporaryDatabase = (): string => join(mkdtempSync(join(tmpdir(), 'saga-engine-')), 'test.db')

/** A workbench on a real file, in a folder of its own unless one is given. */
export async function openTestWorkbench(
  path = temporaryDatabase(),
  more: Partial<WorkbenchOptions> = {},
): Promise<TestWorkbench> {
  const defects: string[] = []
  const onDefect = (error: unknown, about: string) => {
    defects.push(`${about}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  const wb = await openWorkbench({ databaseUrl: `file:${path}`, onDefect, ...more })
  return { ...wb, databasePath: path, defects }
}

/** A service whose operations answer at once, fail as their names say, or take an hour. */
const depot: NonNullable<DesignInput['services']>[number] = {
  id: 'depot',
  operations: [
    { id: 'take', latency: { type: 'fixed', ms: 5 }, response: '(input, ctx) => ({ [ctx.nodeId]: ctx.id })' },
    { id: 'giveBack', latency: { type: 'fixed', ms: 5 }, response: '(input) => input' },
    { id: 'slow', latency: { type: 'fixed', ms: 3_600_000 }, response: '() => ({ slow: true })' },
    {
      id: 'unlucky',
      latency: { type: 'uniform', minMs: 1, maxMs: 100 },
      errors: [{ name: 'Unreachable', kind: 'technical', probability: 0.5 }],
    },
  ],
}

const counter: NonNullable<DesignInput['aggregates']>[number] = {
  id: 'Counter',
  initialState: { count: 0, by: [] },
  snapshotEvery: 5,
  commands: [
    {
      name: 'Add',
      decide: "({ payload, commandId }) => ({ type: 'Added', data: { by: payload.by ?? 1, commandId } })",
    },
    {
      name: 'Remove',
      decide:
        "({ payload }, state) => state.count >= (payload.by ?? 1) ? { type: 'Removed', data: { by: payload.by ?? 1 } } : reject('TooFew', 'there are ' + state.count)",
    },
    {
      name: 'AddTwice',
      decide: "() => [{ type: 'Added', data: { by: 1 } }, { type: 'Added', data: { by: 1 } }]",
    },
    { name: 'Nothing', decide: '() => []' },
    { name: 'Loop', decide: '() => { for (;;) {} }' },
    { name: 'Throw', decide: "() => { throw new Error('no') }" },
    { name: 'Hoard', decide: "() => { const all = []; for (;;) all.push('x'.repeat(1e6) + all.length) }" },
    { name: 'Function', decide: '() => () => 1' },
  ],
  events: [
    { name: 'Added', evolve: '(state, { data }) => ({ ...state, count: state.count + data.by })' },
    { name: 'Removed', evolve: '(state, { data }) => ({ ...state, count: state.count - data.by })' },
  ],
}

const counts: NonNullable<DesignInput['projections']>[number] = {
  id: 'counts',
  from: ['Counter'],
  key: "(event) => event.streamId.slice('Counter-'.length)",
  on: {
    Added: '(row, { data }) => ({ count: (row?.count ?? 0) + data.by })',
    Removed:
      '(row, { data }) => { const count = (row?.count ?? 0) - data.by; return count === 0 ? null : { count } }',
  },
}

type SagaInput = NonNullable<DesignInput['sagas']>[number]
export type NodeInput = SagaInput['nodes'][number]

/** A design with one saga, `main`: a start, the given nodes, and edges written `a>b` (`a>b:branch`). */
export function designOf(
  nodes: readonly NodeInput[],
  edges: readonly string[],
  more: Partial<DesignInput> & { readonly saga?: Partial<SagaInput> } = {},
): DesignInput {
  const { saga, ...rest } = more
  return {
    formatVersion: 1,
    name: 'Test',
    services: [depot],
    aggregates: [counter],
    projections: [counts],
    sagas: [
      {
        id: 'main',
        nodes: [{ id: 'start', type: 'start' }, ...nodes],
        edges: edges.map((edge, index) => {
          const [, from = '', to = '', branch] = /^(\w+)>(\w+)(?::(\w+))?$/.exec(edge) ?? []
          return { id: `e${index}`, from, to, ...(branch === undefined ? {} : { branch }) }
        }),
        ...saga,
      },
    ],
    ...rest,
  }
}

/** Edges of a chain: `chain('start', 'a', 'b')` is `start>a`, `a>b`. */
export const chain = (...ids: readonly string[]): readonly string[] =>
  ids.slice(1).map((id, index) => `${ids[index]}>${id}`)

type StepInput = Partial<Omit<Extract<NodeInput, { type: 'step' }>, 'id' | 'type'>>

/** A step that takes from the depot and can give it back. */
export const step = (id: string, more: StepInput = {}): NodeInput => ({
  id,
  type: 'step',
  action: { type: 'call', service: 'depot', operation: 'take' },
  compensation: { action: { type: 'call', service: 'depot', operation: 'giveBack' } },
  ...more,
})

/** A step that adds one to a counter, undone by removing it. */
export const addStep = (id: string, key = 'c', more: StepInput = {}): NodeInput => ({
  id,
  type: 'step',
  action: {
    type: 'command',
    aggregate: 'Counter',
    command: 'Add',
    key: `() => '${key}'`,
    payload: '() => ({ by: 1 })',
  },
  compensation: {
    action: {
      type: 'command',
      aggregate: 'Counter',
      command: 'Remove',
      key: `() => '${key}'`,
      payload: '() => ({ by: 1 })',
    },
  },
  ...more,
})

export const failStep = (id: string): NodeInput => ({
  id,
  type: 'step',
  action: { type: 'script', code: "() => fail('Refused', 'as it was told to')" },
})

export const kindOf = (kind: StepNode['kind']): StepInput => ({ kind })

export interface StartOptions {
  readonly input?: JsonObject
  readonly mode?: StartRun['mode']
  readonly seed?: string
  readonly faults?: readonly FaultInput[]
  readonly breakpoints?: readonly string[]
}

/** @returns the design's id */
export async function storeDesign(wb: Workbench, document: DesignInput): Promise<string> {
  return (await createDesign(wb, { document })).id
}

export async function start(wb: Workbench, designId: string, options: StartOptions = {}): Promise<string> {
  const { input = {}, mode = 'virtual', seed = 'seed', faults = [], breakpoints = [] } = options
  const parsed = faults.map((fault) => faultSchema.parse(fault))
  return (
    await startRun(wb, designId, {
      saga: 'main',
      input,
      mode,
      seed,
      faults: parsed,
      breakpoints: [...breakpoints],
    })
  ).id
}

export const ENDED: readonly string[] = ['SagaCompleted', 'SagaCompensated', 'SagaFailed']

/** Waits until the run's log holds an event that fits; `after` passes over the first ones. */
export function until(
  wb: Workbench,
  designId: string,
  runId: string,
  fits: (event: RecordedEvent) => boolean,
): Promise<RecordedEvent> {
  return new Promise((resolve, reject) => {
    const subscription = wb.store.events.subscribe(
      0,
      (events) => {
        const found = events.find(fits)
        if (!found) return
        subscription.close()
        resolve(found)
      },
      { designId, streamId: `run-${runId}`, onError: reject },
    )
  })
}

export const ofType =
  (...types: readonly string[]) =>
  (event: RecordedEvent): boolean =>
    types.includes(event.type)

/** Starts a run and waits until it has ended or waits for a person. */
export async function runToEnd(
  wb: Workbench,
  designId: string,
  options: StartOptions = {},
): Promise<{ readonly run: RunAnswer; readonly events: readonly RecordedEvent[] }> {
  const runId = await start(wb, designId, options)
  await until(wb, designId, runId, ofType(...ENDED, 'SagaSuspended'))
  return { run: await readRun(wb, runId), events: await runLog(wb, designId, runId) }
}

export const runLog = (wb: Workbench, designId: string, runId: string): Promise<readonly RecordedEvent[]> =>
  wb.store.events.read(designId, `run-${runId}`, { limit: 1000 })

/** What happened, short: `StepStarted a`. */
export const brief = (events: readonly RecordedEvent[]): readonly string[] =>
  events.map(({ type, data }) =>
    typeof data === 'object' && data !== null && 'nodeId' in data ? `${type} ${String(data.nodeId)}` : type,
  )
