import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RestingRun } from '../store/contract'
import type { RunActor } from './run-actor'

/** Runs looked at in one turn of the event loop: each costs what working out its effects costs. */
const AT_ONCE = 100

/** Whether a run has nothing to do, and will have nothing to do by itself for so long. */
export function mayRest(actor: RunActor, forMs: number): boolean {
  const due = actor.dueAt
  return due !== null && due - Date.now() > forMs
}

/** What is kept of a run that is let go of; null when it must stay in memory. */
export function restingRun(runId: string, actor: RunActor): RestingRun | null {
  const due = actor.dueAt
  if (due === null) return null
  const { seq } = actor.state
  return { runId, designId: actor.designId, seq, wakeAt: due === Number.POSITIVE_INFINITY ? null : due }
}

/**
 * Those that have had nothing to do for so long, and will not for as long again. Each batch is found in one turn, and is
 * to be let go of in that turn.
 */
export async function* sweepIdle(
  actors: ReadonlyMap<string, RunActor>,
  idleMs: number,
): AsyncGenerator<readonly (readonly [string, RunActor])[]> {
  const before = performance.now() - idleMs
  const quiet = [...actors].filter(([, actor]) => actor.quietSince < before)
  for (let from = 0; from < quiet.length; from += AT_ONCE) {
    // Which of them may have been let go of, or stirred, in the turns since.
    const batch = quiet.slice(from, from + AT_ONCE)
    yield batch.filter(
      ([runId, actor]) => actors.get(runId) === actor && actor.quietSince < before && mayRest(actor, idleMs),
    )
    await nextTurn()
  }
}
