import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Design } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import type { EventAnswer, RunSummary } from '@/core/protocol'
import { type NodePath, planSaga, type RunView, type SagaState } from '@/core/saga'
import { emptyHistory, extend, headOf, type RunEvent, type RunHistory, stateAt } from './history'
import { viewOf } from './view'

/** What of a run never changes. */
export type RunIdentity = Pick<RunSummary, 'id' | 'designId' | 'designVersion' | 'saga' | 'mode'> & {
  /** It came from a file: history, which nobody goes on with here. */
  readonly imported?: boolean | undefined
}

/** What a run's page starts from: the run, and the design version it pinned. */
export interface RunSeed {
  readonly run: RunIdentity
  readonly design: Design
  readonly saga: Saga
  readonly events: readonly EventAnswer[]
}

export interface RunStoreState {
  readonly run: RunIdentity
  readonly design: Design
  readonly saga: Saga
  readonly history: RunHistory
  /** The one cursor: the event everything on the page is shown as of; null is live. */
  readonly cursor: number | null
  readonly playing: boolean
  /** Recorded time is played this many times as fast. */
  readonly speed: number
  readonly connected: boolean
  /** The path of the chosen node. */
  readonly selectedId: NodePath | null
  /** Whose graph is shown: the path of a node that runs a saga; `''` is the saga itself. */
  readonly scope: NodePath

  /** @returns false when events in between are missing: load them and try again */
  receive(events: readonly EventAnswer[]): boolean
  setConnected(connected: boolean): void
  /** @param seq the head or beyond it, or null, is live */
  goTo(seq: number | null): void
  /** Moves the cursor by so many events and stops playing. */
  step(by: number): void
  /** One event on while playing; at the end it is live again. */
  advance(): void
  play(): void
  pause(): void
  setSpeed(speed: number): void
  select(path: NodePath | null): void
  /** Shows the saga that the node at this path runs. */
  enter(scope: NodePath): void
}

export type RunStore = StoreApi<RunStoreState>

/**
 * The store of one run's page. It keeps events and a position; status, nodes, data and time are derived from them by
 * the core, the same that the server runs.
 */
export function createRunStore(
  { run, design, saga, events }: RunSeed,
  cursor: number | null = null,
): RunStore {
  const none = emptyHistory(planSaga(saga, design.sagas))
  const history = extend(none, events) ?? none
  return createStore<RunStoreState>((set, get) => ({
    run,
    design,
    saga,
    history,
    cursor: placed(history, cursor),
    playing: false,
    speed: 1,
    connected: true,
    selectedId: null,
    scope: '',

    receive: (answers) => {
      const next = extend(get().history, answers)
      if (next !== null && next !== get().history) set({ history: next })
      return next !== null
    },
    setConnected: (connected) => set({ connected }),
    goTo: (seq) => set({ cursor: placed(get().history, seq), playing: false }),
    step: (by) => {
      const { cursor: from, history: all } = get()
      set({ cursor: placed(all, (from ?? headOf(all)) + by), playing: false })
    },
    advance: () => {
      const { cursor: from, history: all } = get()
      if (from !== null) set({ cursor: placed(all, from + 1) })
    },
    play: () => {
      const { cursor: from, history: all } = get()
      // Played from the end it starts over: there is nothing behind the end to play.
      set({ playing: headOf(all) > 1, cursor: from ?? placed(all, 1) })
    },
    pause: () => set({ playing: false }),
    setSpeed: (speed) => set({ speed }),
    // What is chosen in a list may stand in another graph than the one that is shown.
    select: (selectedId) =>
      set(selectedId === null ? { selectedId } : { selectedId, scope: scopeOf(get(), selectedId) }),
    enter: (scope) => set({ scope, selectedId: null }),
  }))
}

/** The graph in which a node stands; for a round, that of its map or loop. */
const scopeOf = ({ history }: RunStoreState, path: NodePath): NodePath =>
  history.plan.place(path)?.scope ?? ''

function placed(history: RunHistory, seq: number | null): number | null {
  if (seq === null || seq >= headOf(history)) return null
  return Math.max(1, Math.trunc(seq))
}

/** Number of the event that the page shows. */
export const seqShown = ({ cursor, history }: RunStoreState): number => cursor ?? headOf(history)

/** True while the page shows an earlier event than the last. */
export const isPast = ({ cursor }: RunStoreState): boolean => cursor !== null

export const stateShown = (state: RunStoreState): SagaState => stateAt(state.history, seqShown(state))

export const viewShown = (state: RunStoreState): RunView => viewOf(state.history.plan, stateShown(state))

/** The state the run is in now, wherever the cursor stands. */
export const stateNow = ({ history }: RunStoreState): SagaState => stateAt(history, headOf(history))

export const eventShown = (state: RunStoreState): RunEvent | undefined =>
  state.history.events[seqShown(state) - 1]
