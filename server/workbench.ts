import type { CodeRunner } from '@/core/code/contract'
import { type Aggregates, createAggregates } from './engine/aggregates'
import { Engine } from './engine/engine'
import { createDesignCatalogue, type DesignCatalogue } from './engine/loaded-design'
import { Projections } from './engine/projections'
import { type RunIndexer, startRunIndexer } from './engine/run-indexer'
import { createServerCodeRunner } from './sandbox/runner'
import type { Store } from './store/contract'
import { openSqliteStore } from './store/sqlite/open'

/** Everything behind the interface, wired once. Commands and queries take it as their first argument. */
export interface Workbench {
  readonly store: Store
  readonly code: CodeRunner
  readonly catalogue: DesignCatalogue
  readonly aggregates: Aggregates
  readonly engine: Engine
  readonly runs: RunIndexer
  readonly projections: Projections
  /** Finishes what is being written, then lets go of everything. */
  close(): Promise<void>
}

export interface WorkbenchOptions {
  /** `file:…`; the folder is made when it is missing. */
  readonly databaseUrl: string
  /** Most decisions of a run that share an append; 1: each is on disk before the next. See `limits.ts`. */
  readonly decisionsPerAppend?: number
  /** Told of defects: faults that are ours, not a design's or a caller's. */
  readonly onDefect: (error: unknown, about: string) => void
}

/**
 * Opens the database, brings the read models up to date and takes up every unfinished run.
 * @throws {WorkbenchError} MIGRATION_EDITED, MIGRATION_FAILED, STORE_UNAVAILABLE
 */
export async function openWorkbench({
  databaseUrl,
  decisionsPerAppend,
  onDefect,
}: WorkbenchOptions): Promise<Workbench> {
  const store = await openSqliteStore({ url: databaseUrl })
  const code = createServerCodeRunner()
  const catalogue = createDesignCatalogue(store.designs)
  const aggregates = createAggregates(store, code)
  const runs = await startRunIndexer(store, (error) => onDefect(error, 'list of runs'))
  const projections = new Projections({
    store,
    code,
    catalogue,
    onDefect: (error) => onDefect(error, 'projections'),
  })
  const engine = new Engine({
    store,
    code,
    catalogue,
    aggregates,
    decisionsPerAppend,
    onDefect: (error, runId) => onDefect(error, `run ${runId}`),
  })
  await projections.start()
  await runs.waitFor(await store.events.head())
  await engine.recover()
  return {
    store,
    code,
    catalogue,
    aggregates,
    engine,
    runs,
    projections,
    async close() {
      await engine.close()
      await projections.close()
      await runs.close()
      await code.close()
      await store.close()
    },
  }
}
