import { isJsonObject, type Json } from '@/core/json'
import { type Db, openDb } from '../store/sqlite/db'
import { ofKind, type WitnessRecord } from './records'

interface Row {
  readonly position: number
  readonly designId: string
  readonly streamId: string
  readonly version: number
  readonly type: string
  readonly data: Json
  readonly correlationId: string
}

export interface Verdict {
  readonly events: number
  readonly runs: number
  /** Runs whose start was on disk when the server died, and of which nobody was told. */
  readonly unacknowledgedRuns: number
  readonly commands: number
  readonly acts: number
  readonly effects: number
  /** Calls that the witness got more than once under one key. */
  readonly repeatsUnderOneKey: number
  /** What should not be; empty when all is well. */
  readonly problems: readonly string[]
}

const ENDS: readonly string[] = ['SagaCompleted', 'SagaCompensated', 'SagaFailed']
const PAGE = 5_000
const MOST_PROBLEMS = 20

/** Reads the log past the server, and holds it against what the witness has. */
export async function verify(databasePath: string, records: readonly WitnessRecord[]): Promise<Verdict> {
  const problems: string[] = []
  const wrong = (what: string) => {
    if (problems.length < MOST_PROBLEMS) problems.push(what)
  }
  const log = createLog(wrong)
  const db = await openDb(`file:${databasePath}`)
  try {
    for await (const row of rows(db)) log.add(row)
  } finally {
    await db.close()
  }

  const acknowledged = ofKind(records, 'run')
  for (const { designId, runId } of acknowledged)
    if (!log.versions.has(`${designId}/run-${runId}`)) wrong(`run ${runId} was acknowledged and is not there`)
  for (const runId of log.runs) if (!log.ended.has(runId)) wrong(`run ${runId} has not ended`)
  for (const { designId, key, commandId, version } of ofKind(records, 'command'))
    if (log.added.get(commandId)?.at(0) !== `${designId}/Counter-${key}@${version}`)
      wrong(`command ${commandId} was acknowledged at ${key} version ${version} and is not there`)
  for (const { designId, runId, seq } of ofKind(records, 'act'))
    if ((log.versions.get(`${designId}/run-${runId}`) ?? 0) < seq)
      wrong(`event ${seq} of run ${runId} was acknowledged and is not there`)
  for (const [commandId, places] of [...log.added, ...log.removed])
    if (places.length > 1) wrong(`command ${commandId} happened ${places.length} times: ${places.join(', ')}`)
  for (const [runId, steps] of log.commandSteps)
    if (steps !== (log.commandsOf.get(runId) ?? 0))
      wrong(`run ${runId} knows of ${steps} commands and the aggregates of ${log.commandsOf.get(runId) ?? 0}`)

  const effects = ofKind(records, 'effect')
  const called = new Set(effects.map(({ key }) => key))
  for (const key of log.callsDone) if (!called.has(key)) wrong(`${key} stands in the log and was never done`)
  for (const key of called)
    if (key === null || !log.callsBegun.has(key)) wrong(`${key} was done before it stood in the log`)
  return {
    events: log.count(),
    runs: log.runs.size,
    unacknowledgedRuns: log.runs.size - acknowledged.length,
    commands: log.added.size + log.removed.size,
    acts: ofKind(records, 'act').length,
    effects: effects.length,
    repeatsUnderOneKey: effects.length - new Set(effects.map(({ key }) => key)).size,
    problems,
  }
}

async function* rows(db: Db): AsyncGenerator<Row> {
  let after = 0
  for (;;) {
    const page = await db.query<Omit<Row, 'data'> & { readonly data: string }>(
      `SELECT position, designId, streamId, version, type, data, correlationId FROM Event
       WHERE position > ? ORDER BY position LIMIT ?`,
      after,
      PAGE,
    )
    for (const row of page) yield { ...row, data: JSON.parse(row.data) }
    const last = page.at(-1)
    if (!last) return
    after = last.position
  }
}

/** What the log says, event by event; `wrong` hears of gaps. */
function createLog(wrong: (what: string) => void) {
  let position = 0
  const versions = new Map<string, number>()
  const runs = new Set<string>()
  const ended = new Set<string>()
  /** Where each command happened, by its id. */
  const added = new Map<string, string[]>()
  const removed = new Map<string, string[]>()
  /** Commands that a run says it did, and those that the aggregates have of it. */
  const commandSteps = new Map<string, number>()
  const commandsOf = new Map<string, number>()
  /** Real calls, by their idempotency keys: those that were begun, and those that are said to be done. */
  const callsBegun = new Set<string>()
  const callsDone = new Set<string>()
  const count = (of: Map<string, number>, key: string) => of.set(key, (of.get(key) ?? 0) + 1)

  function addRunEvent(runId: string, { type, data }: Row): void {
    runs.add(runId)
    if (ENDS.includes(type)) ended.add(runId)
    if (isJsonObject(data) && data.nodeId === 'told') addCall(runId, type)
    if (type !== 'StepCompleted' && type !== 'CompensationCompleted') return
    const output = isJsonObject(data) ? data.output : null
    if (isJsonObject(output ?? null) && isJsonObject(output) && output.aggregate === 'Counter')
      count(commandSteps, runId)
  }

  function addCall(runId: string, type: string): void {
    if (type === 'StepStarted') callsBegun.add(`${runId}:told:0:action`)
    if (type === 'StepCompleted') callsDone.add(`${runId}:told:0:action`)
    if (type === 'CompensationStarted') callsBegun.add(`${runId}:told:0:compensation`)
    if (type === 'CompensationCompleted') callsDone.add(`${runId}:told:0:compensation`)
  }

  function addCounterEvent({ type, data, designId, streamId, version, correlationId }: Row): void {
    const commandId = isJsonObject(data) ? String(data.commandId) : ''
    const places = type === 'Added' ? added : removed
    places.set(commandId, [...(places.get(commandId) ?? []), `${designId}/${streamId}@${version}`])
    count(commandsOf, correlationId)
  }

  return {
    versions,
    runs,
    ended,
    added,
    removed,
    commandSteps,
    commandsOf,
    callsBegun,
    callsDone,
    count: () => position,
    add(row: Row): void {
      if (row.position !== position + 1) wrong(`after position ${position} comes ${row.position}`)
      position = row.position
      const stream = `${row.designId}/${row.streamId}`
      const before = versions.get(stream) ?? 0
      if (row.version !== before + 1) wrong(`${stream}: after version ${before} comes ${row.version}`)
      versions.set(stream, row.version)
      if (row.streamId.startsWith('run-')) addRunEvent(row.streamId.slice('run-'.length), row)
      else if (row.streamId.startsWith('Counter-')) addCounterEvent(row)
    },
  }
}
