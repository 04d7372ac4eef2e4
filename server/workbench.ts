import type { CodeRunner } from '@/core/code/contract'
import type { HttpSettings } from './engine/address-guard'
import { type Aggregates, createAggregates } from './engine/aggregates'
import { startArchiver } from './engine/archiver'
import { Engine } from './engine/engine'
import { createHttpCaller } from './engine/http-caller'
import { createDesignCatalogue, type DesignCatalogue } from './engine/loaded-design'
import { Policies } from './engine/policies'
import { Projections } from './engine/projections'
import { type RunIndexer, startRunIndexer } from './engine/run-indexer'
import { LIMITS, type RunLimits } from './limits'
import { observedCode, observedStore } from './observe/observed-parts'
import type { Observer } from './observe/observer'
import { traceParent } from './observe/otlp/trace-parent'
import { createServerCodeRunner } from './sandbox/runner'
import type { Store } from './store/contract'
import { openSqliteStore, type SqliteStoreOptions } from './store/sqlite/open'

/** Everything behind the interface, wired once. Commands and queries take it as their first argument. */
export interface Workbench {
  readonly store: Store
  readonly code: CodeRunner
  readonly catalogue: DesignCatalogue
  readonly aggregates: Aggregates
  readonly engine: Engine
  readonly runs: RunIndexer
  readonly projections: Projections
  readonly policies: Policies
  /** Finishes what is being written, then lets go of everything. */
  close(): Promise<void>
}

export type OnDefect = (
  error: unknown,
  about: string,
  ids?: { readonly runId?: string; readonly requestId?: string },
) => void

export interface WorkbenchOptions {
  /** `file:…`; the folder is made when it is missing. */
  readonly databaseUrl: string
  /** How long to wait for another workbench to give up the database, and who may take it from a silent one when. */
  readonly lease?: NonNullable<SqliteStoreOptions['lease']>
  /** The file may grow to this many pages of 4,096 bytes. Default: as far as the disk goes. */
  readonly maxPages?: number
  readonly limits?: Partial<RunLimits>
  /** Days after its end until a run is archived; 0 never. */
  readonly archiveAfterDays?: number
  /** Told of defects: faults that are ours, not a design's or a caller's; and which run's, where it is one's. */
  readonly onDefect: OnDefect
  /** Which private addresses real calls may reach; none unless it says so. */
  readonly http?: HttpSettings
  /** What runs user code; without it, worker threads. It is closed with the workbench. */
  readonly code?: CodeRunner
  /** Whether real calls tell the service which span they belong to: for traces that are exported. */
  readonly traceCalls?: boolean
  /** Told of what happens. Without one, nothing is measured. */
  readonly observer?: Observer
}

/**
 * Opens the database, brings the read models up to date and takes up every unfinished run.
 * @throws {WorkbenchError} LEASE_HELD, MIGRATION_EDITED, MIGRATION_FAILED, STORE_*
 */
export async function openWorkbench({
  databaseUrl,
  lease,
  maxPages,
  limits,
  archiveAfterDays = LIMITS.archiveAfterDays,
  onDefect,
  http,
  code: runner = createServerCodeRunner(),
  traceCalls = false,
  observer,
}: WorkbenchOptions): Promise<Workbench> {
  let engine: Engine | null = null
  let reacting: Policies | null = null
  const file = await openSqliteStore({
    url: databaseUrl,
    ...(maxPages === undefined ? {} : { maxPages }),
    onCommitted: observer?.committed,
    lease: {
      ...lease,
      onLost(error) {
        // What is under way here comes to nothing: whoever has taken over performs it, under the same keys.
        reacting?.close().catch((defect: unknown) => onDefect(defect, 'policies'))
        engine?.close().catch((defect: unknown) => onDefect(defect, 'engine'))
        lease?.onLost?.(error)
      },
    },
  })
  const store = observedStore(file, observer)
  const code = observedCode(runner, observer)
  const catalogue = createDesignCatalogue(store.designs)
  const aggregates = createAggregates(store, code)
  const runs = await startRunIndexer(store, catalogue, (error) => onDefect(error, 'list of runs'))
  const projections = new Projections({
    store,
    code,
    catalogue,
    onDefect: (error) => onDefect(error, 'projections'),
  })
  const running = new Engine({
    store,
    code,
    catalogue,
    aggregates,
    http: createHttpCaller({
      ...(http ? { settings: http } : {}),
      ...(traceCalls ? { traceHeaders: traceParent } : {}),
    }),
    limits: { ...LIMITS, ...limits },
    onDefect: (error, runId) => onDefect(error, `run ${runId}`, { runId }),
  })
  engine = running
  await projections.start()
  await runs.waitFor(await store.events.head())
  await running.recover()
  const policies = new Policies({
    store,
    code,
    catalogue,
    aggregates,
    engine: running,
    onDefect: (error) => onDefect(error, 'policies'),
  })
  reacting = policies
  await policies.start()
  const archiver = startArchiver(store.runs, archiveAfterDays, (error) => onDefect(error, 'archiving'))
  return {
    store,
    code,
    catalogue,
    aggregates,
    engine: running,
    runs,
    projections,
    policies,
    async close() {
      // What a policy is at when the engine stops is given to it again at the next start.
      await Promise.all([policies.close(), running.close()])
      await archiver.close()
      await projections.close()
      await runs.close()
      await code.close()
      await store.close()
    },
  }
}
