import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AtPosition } from '@/core/protocol'
import { TRAVEL_LIMITS } from '@/core/travel/limits'

/** What is looked at: streams of aggregates and runs, and read models, by name. */
export interface AtChoice {
  readonly streams: readonly string[]
  readonly projections: readonly string[]
}

export interface AtPorts {
  /** @param position null: the latest */
  load(position: number | null, choice: AtChoice): Promise<AtPosition>
}

export interface AtState extends AtChoice {
  /** The position asked for; null is the latest, whatever comes. */
  readonly position: number | null
  /** The last answer: it stays until the next is there. */
  readonly shown: AtPosition | null
  /** The same things just before the event shown; null when there is nothing to compare with. */
  readonly before: AtPosition | null
  readonly loading: boolean
  readonly error: string | null
  readonly playing: boolean
  readonly speed: number
  goTo(position: number | null): void
  /** To the design's next event, or the one before. */
  step(by: 1 | -1): void
  play(): void
  pause(): void
  setSpeed(speed: number): void
  toggle(kind: keyof AtChoice, name: string): void
  choose(choice: AtChoice): void
  /** Reads again: something happened. Only the latest can have changed. */
  refresh(): void
}

export type AtStore = StoreApi<AtState>

export const isLatest = ({ shown, position }: AtState): boolean =>
  position === null || (shown !== null && position >= shown.head)

const MOST: Readonly<Record<keyof AtChoice, number>> = {
  streams: TRAVEL_LIMITS.atStreams,
  projections: TRAVEL_LIMITS.atProjections,
}

export function createAtStore(
  ports: AtPorts,
  start: AtChoice & { readonly position: number | null },
): AtStore {
  return createStore<AtState>()((set, get) => {
    /** Which question is the newest: an answer that another has overtaken is dropped. */
    let asked = 0
    let underway = false
    /** Steps that were asked for while an answer was under way: where they lead is known once it is there. */
    let steps = 0

    /** One question at a time: a slider that is dragged asks for where it is when the last answer comes. */
    async function ask(): Promise<void> {
      asked += 1
      set({ loading: true })
      if (underway) return
      underway = true
      let answered = 0
      for (;;) {
        if (answered === asked && !takeStep()) break
        answered = asked
        const { position, streams, projections } = get()
        const choice = { streams, projections }
        try {
          const shown = await ports.load(position, choice)
          const before =
            shown.event === null ? null : await ports.load(shown.event.position - 1, choice).catch(() => null)
          set({ shown, before, error: null })
        } catch (error) {
          steps = 0
          set({ error: error instanceof Error ? error.message : String(error), playing: false })
        }
      }
      underway = false
      set({ loading: false })
    }

    /** @returns false when there is no step to take, or nowhere to take it to */
    function takeStep(): boolean {
      const { shown } = get()
      if (steps === 0 || shown === null) return false
      const forwards = steps > 0
      steps -= Math.sign(steps)
      // before the first event there is one more place: nothing has happened yet
      const to = forwards ? shown.next : (shown.previous ?? Math.max(0, shown.first - 1))
      if (to === null) return false
      set({ position: to })
      return true
    }

    const change = (part: Partial<AtState>) => {
      steps = 0
      set(part)
      void ask()
    }
    return {
      ...start,
      shown: null,
      before: null,
      loading: false,
      error: null,
      playing: false,
      speed: 1,
      goTo: (position) => change({ position, playing: false }),
      step: (by) => {
        steps += by
        if (!underway && takeStep()) void ask()
      },
      play: () => {
        const { shown } = get()
        if (shown === null || shown.head === 0) return
        if (isLatest(get())) change({ playing: true, position: shown.first })
        else set({ playing: true })
      },
      pause: () => set({ playing: false }),
      setSpeed: (speed) => set({ speed }),
      toggle: (kind, name) => {
        const now = get()[kind]
        const next = now.includes(name) ? now.filter((other) => other !== name) : [...now, name]
        if (next.length <= MOST[kind]) change({ [kind]: next })
      },
      choose: (choice) => change(choice),
      refresh: () => {
        if (get().position === null) void ask()
      },
    }
  })
}
