import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Json } from '@/core/json'
import { filterText, matchesAll, type RowCondition } from '@/core/projection/row-filter'
import type { Page, ProjectionAction, ProjectionChange, ProjectionInfo, ProjectionRow } from '@/core/protocol'
import { createThrottle } from './throttle'

export interface RowQuery {
  /** All must hold. */
  readonly filter: readonly RowCondition[]
  /** As a sort is written: a path, `-path` for downwards; null: by key. */
  readonly sort: string | null
}

/** What the store needs of the world around it. */
export interface ReadModelPorts {
  info(): Promise<ProjectionInfo>
  rows(query: {
    /** As a filter is written. */
    readonly filter: string | null
    readonly sort: string | null
    readonly limit: number
    readonly after?: string
  }): Promise<Page<ProjectionRow>>
  act(action: ProjectionAction): Promise<ProjectionInfo>
  follow(
    after: number,
    onChanges: (changes: readonly ProjectionChange[]) => void,
    onState: (connected: boolean) => void,
  ): () => void
}

export interface ReadModelState extends RowQuery {
  readonly status: 'loading' | 'ready' | 'error'
  readonly error: string | null
  readonly info: ProjectionInfo | null
  readonly rows: readonly ProjectionRow[]
  readonly next: string | null
  /** Keys of the rows that the last change touched. */
  readonly fresh: ReadonlySet<string>
  readonly connected: boolean
  ask(query: Partial<RowQuery>): Promise<void>
  more(): Promise<void>
  /** @returns why it was refused; undefined when it was done */
  act(action: ProjectionAction): Promise<string | undefined>
  /** Reads, then follows. @returns what stops it */
  start(): () => void
}

export type ReadModelStore = StoreApi<ReadModelState>

const PAGE = 50
const MOST = 500
/** Rows and counts are read again at most this often while events stream in, ms. What changed is shown before that. */
const REREAD_MS = 250

const asked = ({ filter, sort }: RowQuery) => ({
  filter: filter.length === 0 ? null : filterText(filter),
  sort,
})

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function createReadModelStore(ports: ReadModelPorts): ReadModelStore {
  return createStore<ReadModelState>()((set, get) => {
    /** Answers may overtake each other: only the last question counts. */
    let questions = 0
    async function readRows(): Promise<void> {
      questions += 1
      const mine = questions
      const limit = Math.min(Math.max(get().rows.length, PAGE), MOST)
      const page = await ports.rows({ ...asked(get()), limit })
      if (mine === questions) set({ rows: page.items, next: page.next, error: null })
    }
    const reread = createThrottle(
      REREAD_MS,
      () => void readRows().catch((error) => set({ error: words(error) })),
    )
    const recount = createThrottle(
      REREAD_MS,
      () =>
        void ports.info().then(
          (info) => set({ info }),
          () => undefined,
        ),
    )

    function take(changes: readonly ProjectionChange[]): void {
      for (const change of changes) {
        const { info, rows, filter, sort } = get()
        const keys = Object.keys(change.rows)
        const belongs = (key: string): boolean => {
          const row = change.rows[key] as Json
          return row !== null && matchesAll(key, row, filter)
        }
        const known = new Set(rows.map(({ key }) => key))
        const isShown = keys.some((key) => known.has(key))
        // Rows that are not touched stay the same ones: they are not drawn again.
        const changed = rows.flatMap((shown) => {
          if (!Object.hasOwn(change.rows, shown.key)) return [shown]
          return belongs(shown.key) ? [{ key: shown.key, row: change.rows[shown.key] as Json }] : []
        })
        const { checkpoint, head, status, rebuilding, delayMs } = change
        set({
          ...(keys.length === 0 ? {} : { fresh: new Set(keys) }),
          ...(isShown ? { rows: changed } : {}),
          ...(info === null
            ? {}
            : {
                info: {
                  ...info,
                  checkpoint,
                  head,
                  status: status as ProjectionInfo['status'],
                  rebuilding,
                  delayMs,
                  lag: checkpoint >= head ? 0 : Math.max(info.lag, 1),
                },
              }),
        })
        // a row that is new here, or has another place now, may belong on this page or not: the order is the server's
        const moved = keys.some((key) => (known.has(key) ? sort !== null : belongs(key)))
        if (change.reload || moved) reread.request()
        recount.request()
      }
    }
    return {
      status: 'loading',
      error: null,
      info: null,
      rows: [],
      next: null,
      filter: [],
      sort: null,
      fresh: new Set(),
      connected: true,
      ask: async (query) => {
        set({ ...query, fresh: new Set() })
        await readRows().catch((error) => set({ error: words(error) }))
      },
      more: async () => {
        const { next, rows } = get()
        if (next === null) return
        questions += 1
        const mine = questions
        try {
          const page = await ports.rows({ ...asked(get()), limit: PAGE, after: next })
          if (mine === questions) set({ rows: [...rows, ...page.items], next: page.next })
        } catch (error) {
          set({ error: words(error) })
        }
      },
      act: async (action) => {
        try {
          set({ info: await ports.act(action) })
          reread.request()
          return undefined
        } catch (error) {
          return words(error)
        }
      },
      start: () => {
        let stopped = false
        let unfollow: (() => void) | null = null
        Promise.all([ports.info(), readRows()])
          .then(([info]) => {
            if (stopped) return
            set({ status: 'ready', info })
            unfollow = ports.follow(info.checkpoint, take, (connected) => set({ connected }))
          })
          .catch((error: unknown) => {
            if (!stopped) set({ status: 'error', error: words(error) })
          })
        return () => {
          stopped = true
          unfollow?.()
          reread.stop()
          recount.stop()
        }
      },
    }
  })
}
