import { codeEvent } from '@/core/aggregate/handle'
import type { CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import {
  type ChangedAggregate,
  type ChangedProjection,
  changedDefinitions,
  compareRows,
  compareStates,
  createRowsFolding,
  foldStates,
  type RowChange,
  type RowsFault,
  type StreamChange,
  type StreamStates,
} from '@/core/travel'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import type { History } from './history'

/** How far a check has come: of how many, and whether it stopped before the end and why. */
export interface Checked {
  readonly checked: number
  readonly total: number
  readonly ended: 'no' | 'all' | 'limit' | 'breaks'
}

export interface StreamEffect {
  readonly streamId: string
  readonly change: StreamChange
}

/** What an edit of an aggregate does to its streams. */
export interface AggregateEffect {
  readonly kind: 'aggregate'
  readonly id: string
  readonly streams: Checked
  readonly events: number
  /** Streams too long to be checked to their end. */
  readonly partly: number
  /** How many change; `shown` are the first of them. */
  readonly changed: number
  readonly shown: readonly StreamEffect[]
}

/** What an edit of a read model does to its rows. */
export interface ProjectionEffect {
  readonly kind: 'projection'
  readonly id: string
  readonly events: Checked
  readonly rows: number
  readonly changed: number
  readonly shown: readonly RowChange[]
  /** Where it would stop now, and where it stopped before. */
  readonly fault: RowsFault | null
  readonly faultBefore: RowsFault | null
}

export type Effect = AggregateEffect | ProjectionEffect

/** Of very many changes these are shown; the others are counted. */
const SHOWN = 100
/** An edit that breaks this many streams breaks the others too: they are not all tried. */
const BREAKS_MOST = 20
/** Rows are compared now and then while a long log is folded, events. */
const COMPARE_EVERY = 5_000

/** What is known of the definitions before the edit, so that it is folded once and not at every keystroke. */
export interface Baseline {
  readonly design: Design
  readonly program: CodeProgram
  readonly states: Map<string, StreamStates>
}

export const createBaseline = (design: Design): Baseline => ({
  design,
  program: designProgram(design),
  states: new Map(),
})

/**
 * Folds the recorded history of a design anew under an edited document, and tells what would read otherwise.
 * @param report called with all effects whenever there is more to say; a document that changes nothing reports none
 * @returns once all is checked, or as soon as the signal is aborted
 */
export async function effectsOnHistory(
  code: CodeRunner,
  history: History,
  baseline: Baseline,
  edited: Design,
  signal: AbortSignal,
  report: (effects: readonly Effect[]) => void,
): Promise<void> {
  const changed = changedDefinitions(baseline.design, edited)
  const program = designProgram(edited)
  const effects = new Map<string, Effect>()
  const tell = (effect: Effect) => {
    if (signal.aborted) return
    effects.set(`${effect.kind}:${effect.id}`, effect)
    report([...effects.values()])
  }
  const parts = { code, history, baseline, edited, program, signal, tell }
  report([])
  for (const aggregate of changed.aggregates) if (aggregate.folds) await refoldStreams(parts, aggregate)
  for (const projection of changed.projections) await refoldRows(parts, projection)
}

interface Parts {
  readonly code: CodeRunner
  readonly history: History
  readonly baseline: Baseline
  readonly edited: Design
  readonly program: CodeProgram
  readonly signal: AbortSignal
  readonly tell: (effect: Effect) => void
}

async function refoldStreams(parts: Parts, { before, after }: ChangedAggregate): Promise<void> {
  const { code, history, baseline, program, signal, tell } = parts
  let effect: AggregateEffect = {
    kind: 'aggregate',
    id: after.id,
    streams: { checked: 0, total: 0, ended: 'no' },
    events: 0,
    partly: 0,
    changed: 0,
    shown: [],
  }
  let broken = 0
  tell(effect)
  for await (const { items, total } of history.streams(after.id, signal)) {
    const found = await Promise.all(
      items.map(async ({ streamId, events }): Promise<StreamEffect | null> => {
        const seen = events.map(codeEvent)
        const known = baseline.states.get(streamId)
        const was = known ?? (await foldStates(code, { program: baseline.program, aggregate: before }, seen))
        if (!known) baseline.states.set(streamId, was)
        const change = compareStates(was, await foldStates(code, { program, aggregate: after }, seen))
        return change && { streamId, change }
      }),
    )
    if (signal.aborted) return
    const changes = found.filter((one) => one !== null)
    broken += changes.filter(({ change }) => change.kind === 'breaks').length
    const checked = effect.streams.checked + items.length
    effect = {
      ...effect,
      streams: { checked, total, ended: 'no' },
      events: effect.events + items.reduce((sum, { events }) => sum + events.length, 0),
      partly: effect.partly + items.filter(({ events, version }) => events.length < version).length,
      changed: effect.changed + changes.length,
      shown: [...effect.shown, ...changes].slice(0, SHOWN),
    }
    tell(effect)
    const { refoldStreams: streamsMost, refoldEvents } = TRAVEL_LIMITS
    const stop = broken >= BREAKS_MOST ? 'breaks' : null
    const full = checked >= streamsMost || effect.events >= refoldEvents
    if (checked < total && (stop !== null || full))
      return tell({ ...effect, streams: { checked, total, ended: stop ?? 'limit' } })
  }
  tell({ ...effect, streams: { ...effect.streams, ended: 'all' } })
}

async function refoldRows(parts: Parts, { before, after }: ChangedProjection): Promise<void> {
  const { code, history, baseline, edited, program, signal, tell } = parts
  const types = [...new Set([...Object.keys(before.on), ...Object.keys(after.on)])]
  const was = createRowsFolding(code, {
    program: baseline.program,
    design: baseline.design,
    projection: before,
  })
  const now = createRowsFolding(code, { program, design: edited, projection: after })
  let checked = 0
  let compared = 0
  const say = (total: number, ended: Checked['ended']) => {
    const changes = compareRows(was.rows, now.rows)
    compared = checked
    tell({
      kind: 'projection',
      id: after.id,
      events: { checked, total, ended },
      rows: new Set([...was.rows.keys(), ...now.rows.keys()]).size,
      changed: changes.length,
      shown: changes.slice(0, SHOWN),
      fault: now.fault,
      faultBefore: was.fault,
    })
  }
  say(0, 'no')
  let all = 0
  for await (const { items, total } of history.events(types, signal)) {
    all = total
    for (let at = 0; at < items.length; at += SLICE) {
      const seen = items.slice(at, at + SLICE).map(codeEvent)
      await Promise.all([was.feed(seen), now.feed(seen)])
      if (signal.aborted) return
    }
    checked += items.length
    if (checked < total && checked >= TRAVEL_LIMITS.refoldEvents) return say(total, 'limit')
    if (now.fault && was.fault) return say(total, checked < total ? 'breaks' : 'all')
    if (compared === 0 || checked - compared >= COMPARE_EVERY) say(total, 'no')
  }
  say(all, 'all')
}

/** Events that cross into the sandbox at once: between two crossings the check can be given up. */
const SLICE = 250
