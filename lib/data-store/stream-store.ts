import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EventAnswer, Page } from '@/core/protocol'

/** What the store needs of the world around it. */
export interface StreamPorts {
  /** Events from a version on, ascending; an empty page when the stream has none. */
  load(from: number): Promise<Page<EventAnswer>>
  /** What comes after a version, each event once. @returns what ends it */
  follow(
    after: number,
    onEvents: (events: readonly EventAnswer[]) => void,
    onState: (connected: boolean) => void,
  ): () => void
}

/** One stream and the one cursor over it. Everything else on the page is derived from these two. */
export interface StreamState {
  readonly status: 'loading' | 'ready' | 'error'
  readonly error: string | null
  /** Ascending, gap-free: event `n` stands at index `n - 1`. */
  readonly events: readonly EventAnswer[]
  readonly connected: boolean
  /** The version shown; null is the latest, whatever comes. 0 is before the first event. */
  readonly cursor: number | null
  readonly playing: boolean
  /** How fast it plays; one of `SPEEDS`. */
  readonly speed: number
  /** The version that the one shown is compared with; null is the one before it. */
  readonly compared: number | null
  goTo(version: number | null): void
  step(by: number): void
  /** From the beginning when it stands at the latest. */
  play(): void
  pause(): void
  setSpeed(speed: number): void
  compare(version: number | null): void
  /** Reads what there is, then follows. @returns what stops it */
  start(): () => void
}

export type StreamStore = StoreApi<StreamState>

export const headOf = (state: StreamState): number => state.events.length
export const versionShown = (state: StreamState): number =>
  Math.min(state.cursor ?? headOf(state), headOf(state))
export const isPast = (state: StreamState): boolean => versionShown(state) < headOf(state)

/** The version whose state the one shown is compared with; null before any event. */
export function versionCompared(state: StreamState): number | null {
  const shown = versionShown(state)
  if (state.compared !== null) return Math.min(state.compared, headOf(state))
  return shown === 0 ? null : shown - 1
}

/** The version that a stream had come to at a time (epoch ms). Times of a stream need not ascend: clocks are set back. */
export const versionAtTime = (events: readonly EventAnswer[], at: number): number =>
  events.filter(({ recordedAt }) => recordedAt <= at).length

export function createStreamStore(
  ports: StreamPorts,
  cursor: number | null = null,
  compared: number | null = null,
): StreamStore {
  return createStore<StreamState>()((set, get) => {
    const add = (events: readonly EventAnswer[]) =>
      set((state) => {
        const fresh = events.filter(({ version }) => version > headOf(state))
        return fresh.length === 0 ? {} : { events: [...state.events, ...fresh] }
      })
    /** The latest is followed, not pinned: asking for it lets go of the past. */
    const settle = (version: number | null): number | null =>
      version === null || version >= headOf(get()) ? null : Math.max(0, Math.floor(version))

    async function loadAll(stopped: () => boolean): Promise<void> {
      for (;;) {
        const page = await ports.load(headOf(get()) + 1)
        if (stopped()) return
        add(page.items)
        if (page.next === null) return
      }
    }
    return {
      status: 'loading',
      error: null,
      events: [],
      connected: true,
      cursor,
      playing: false,
      speed: 1,
      compared,
      goTo: (version) => set({ cursor: settle(version), playing: false }),
      step: (by) => set((state) => ({ cursor: settle(versionShown(state) + by) })),
      play: () => set((state) => ({ playing: headOf(state) > 0, cursor: isPast(state) ? state.cursor : 0 })),
      pause: () => set({ playing: false }),
      setSpeed: (speed) => set({ speed }),
      compare: (version) => set({ compared: version }),
      start: () => {
        let stopped = false
        let unfollow: (() => void) | null = null
        loadAll(() => stopped)
          .then(() => {
            if (stopped) return
            // A link to what is the latest by now follows what comes: see `settle`.
            set((state) => ({ status: 'ready', error: null, cursor: settle(state.cursor) }))
            unfollow = ports.follow(headOf(get()), add, (connected) => set({ connected }))
          })
          .catch((error: unknown) => {
            if (!stopped)
              set({ status: 'error', error: error instanceof Error ? error.message : String(error) })
          })
        return () => {
          stopped = true
          unfollow?.()
        }
      },
    }
  })
}
