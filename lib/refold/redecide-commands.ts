import { codeEvent } from '@/core/aggregate/handle'
import {
  answerChange,
  type ChangedAggregate,
  type DecidedStep,
  type Deciders,
  decideAgain,
  foldStates,
  type RecordedDecision,
  recordedDecisions,
} from '@/core/travel'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import { BREAKS_MOST, type CheckParts, type DecisionEffect, type DecisionsEffect, SHOWN } from './effect'
import type { DecidedInstance } from './history'

/** What the commands to one instance would be answered. */
interface Redecided {
  readonly commands: number
  readonly left: number
  readonly changes: readonly DecisionEffect[]
  readonly earlier: number
}

/**
 * Decides the commands that were put to an edited aggregate again, each at the state it was decided at, and tells which
 * would be answered otherwise than they were. An answer that the rules before the edit would not have given either is
 * not this edit's doing: it is only counted.
 */
export async function redecideCommands(parts: CheckParts, edit: ChangedAggregate): Promise<void> {
  const { history, signal, tell } = parts
  const { id } = edit.after
  let effect: DecisionsEffect = {
    kind: 'decisions',
    id,
    streams: { checked: 0, total: 0, ended: 'no' },
    commands: 0,
    left: 0,
    changed: 0,
    shown: [],
    earlier: 0,
  }
  let broken = 0
  tell(effect)
  for await (const { items, total } of history.decisions(id, signal)) {
    const found = await Promise.all(items.map((instance) => redecide(parts, edit, instance)))
    if (signal.aborted) return
    const changes = found.flatMap((one) => one.changes)
    broken += changes.filter(({ change }) => change === 'breaks').length
    const sum = (of: (one: Redecided) => number) => found.reduce((all, one) => all + of(one), 0)
    const checked = effect.streams.checked + items.length
    effect = {
      ...effect,
      streams: { checked, total, ended: 'no' },
      commands: effect.commands + sum(({ commands }) => commands),
      left: effect.left + sum(({ left }) => left),
      changed: effect.changed + changes.length,
      shown: [...effect.shown, ...changes].slice(0, SHOWN),
      earlier: effect.earlier + sum(({ earlier }) => earlier),
    }
    tell(effect)
    const { refoldStreams, refoldEvents } = TRAVEL_LIMITS
    const stop = broken >= BREAKS_MOST ? 'breaks' : null
    const full = checked >= refoldStreams || effect.commands >= refoldEvents
    if (checked < total && (stop !== null || full))
      return tell({ ...effect, streams: { checked, total, ended: stop ?? 'limit' } })
  }
  tell({ ...effect, streams: { ...effect.streams, ended: 'all' } })
}

async function redecide(
  { code, baseline, edited, program, signal }: CheckParts,
  { before, after }: ChangedAggregate,
  { streamId, events, commands, sent }: DecidedInstance,
): Promise<Redecided> {
  const decisions = recordedDecisions(commands, events)
  const seen = events.map(codeEvent)
  const states = await foldStates(code, { program, aggregate: after }, seen)
  // what can be folded no more is told as such; there is nothing that a command could meet
  if (!states.ok) return { commands: 0, left: sent, changes: [], earlier: 0 }
  const now: Deciders = { code, program, design: edited }
  const answers = await Promise.all(
    decisions.map((decision) =>
      decideAgain(
        now,
        after.id,
        { version: decision.atVersion, state: states.value[decision.atVersion] ?? null },
        decision,
      ),
    ),
  )
  const differ = decisions.flatMap((decision, at): readonly DecisionEffect[] => {
    const step = answers[at]
    const change = step && answerChange(decision.answer, step)
    return step && change ? [{ streamId, decision, change, now: step }] : []
  })
  if (differ.length === 0 || signal.aborted)
    return { commands: decisions.length, left: sent - decisions.length, changes: [], earlier: 0 }
  const was = await foldStates(code, { program: baseline.program, aggregate: before }, seen)
  const then: Deciders = { code, program: baseline.program, design: baseline.design }
  const news = await Promise.all(
    differ.map(async ({ decision, now: step }) => {
      if (!was.ok) return true
      const state = was.value[decision.atVersion] ?? null
      const answer = await decideAgain(then, before.id, { version: decision.atVersion, state }, decision)
      return !sameAnswer(decision, answer, step)
    }),
  )
  return {
    commands: decisions.length,
    left: sent - decisions.length,
    changes: differ.filter((_, at) => news[at]),
    earlier: news.filter((isNew) => !isNew).length,
  }
}

/** Whether both rules answer alike, although not as it was answered then. */
function sameAnswer(decision: RecordedDecision, before: DecidedStep, after: DecidedStep): boolean {
  if (answerChange(decision.answer, before) === null) return false
  if (before.outcome === 'fault') return after.outcome === 'fault'
  if (before.outcome === 'accepted')
    return answerChange({ kind: 'accepted', events: before.events }, after) === null
  return answerChange({ kind: 'rejected', code: before.code, message: before.message }, after) === null
}
