import { type Attention, attentionOf, isTerminal, type NodePath, type SagaState } from '@/core/saga'
import { attentionWords } from './attention-words'
import { nodeName } from './operator'
import { type RunStoreState, seqShown, stateShown } from './run-store'

/** One thing that the run waits for at the cursor, in words, and where it stands. */
export interface Awaited {
  readonly why: Attention['why']
  readonly nodeId: NodePath | null
  readonly words: string
  /** What is asked of whoever decides. */
  readonly detail: string | null
}

const known = new WeakMap<SagaState, readonly Awaited[]>()

/** What the run waits for at the cursor that does not come by itself, what is gravest first. Computed once for each state. */
export function waitsFor(run: RunStoreState): readonly Awaited[] {
  const state = stateShown(run)
  const cached = known.get(state)
  if (cached) return cached
  const found = attentionOf(run.history.plan, state).map((one) => awaited(run, one))
  known.set(state, found)
  return found
}

function awaited(run: RunStoreState, one: Attention): Awaited {
  const name = (path: NodePath) => nodeName(run.history.plan, path)
  const { why, nodeId } = one
  if (why === 'approval')
    return { why, nodeId, words: `Waits for a decision: ${name(nodeId)}`, detail: one.message }
  if (why === 'suspended' && one.reason === 'paused') return { why, nodeId, ...pauseWords(run) }
  if (why === 'signal')
    return { why, nodeId, words: `${attentionWords(one, name)}: ${name(nodeId)}`, detail: null }
  return { why, nodeId, words: attentionWords(one, name), detail: null }
}

/** Who paused the run, and why. */
function pauseWords(run: RunStoreState): Pick<Awaited, 'words' | 'detail'> {
  const asked = run.history.events
    .slice(0, seqShown(run))
    .findLast(({ event }) => event.type === 'OperatorActed' && event.data.action === 'pause')
  if (asked?.event.type !== 'OperatorActed') return { words: 'Paused', detail: null }
  return { words: `Paused by ${asked.event.data.by}`, detail: asked.event.data.reason ?? null }
}

/** A person may let it go on: it was paused, and has not ended. */
export const isPaused = (state: SagaState): boolean =>
  state.suspended?.reason === 'paused' && !isTerminal(state.status)
