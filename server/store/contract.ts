import type { ErrorCode } from '@/core/errors'
import type { Json } from '@/core/json'
import type { RecordedEvent, StreamAppend } from '@/core/log/event'
import type { LogFilter } from '@/core/log/filter'
import type { PolicyDelivery, PolicyFault } from '@/core/policy/delivery'
import type { RowCondition } from '@/core/projection/row-filter'
import type { RowSort, SortValue } from '@/core/projection/row-order'
import type { Attention } from '@/core/saga'

/** Where an append ended. */
export interface AppendAnswer {
  /** The events as recorded, in the order given. For a repeated message: as they were first recorded. */
  readonly events: readonly RecordedEvent[]
  /** True when every message was already in the log and nothing was written. */
  readonly repeated: boolean
}

export interface ReadOptions {
  /** 1-based, inclusive; default 1 forwards, the head backwards. */
  readonly from?: number
  /** Inclusive. */
  readonly to?: number
  readonly direction?: 'forwards' | 'backwards'
  /** Default and most: see server/limits.ts */
  readonly limit?: number
}

/** A walk along a design's log. Both bounds exclusive. */
export interface LogScan {
  readonly after?: number
  readonly before?: number
  /** Default forwards: ascending from `after`. Backwards: descending from `before`. */
  readonly direction?: 'forwards' | 'backwards'
  readonly filter?: LogFilter
  /** Events it gives at most. */
  readonly limit: number
  /** Events it looks at, at most: what matches nothing costs time too. */
  readonly most: number
}

export interface LogSlice {
  readonly events: readonly RecordedEvent[]
  /** How far it looked: `after` (backwards: `before`) of the walk that goes on from here. Null: at the end. */
  readonly next: number | null
}

export interface SubscribeOptions {
  readonly designId?: string
  readonly streamId?: string
  readonly onError?: (error: unknown) => void
  /** Told of an event that cannot be read, which is passed over. Without it the subscription ends there. */
  readonly onCorrupt?: (error: unknown) => void
}

export interface Subscription {
  /** Stops; no event is delivered after it returns. */
  close(): void
}

/**
 * The append-only log. Two implementations (memory, SQLite), one contract suite (`event-store.contract.ts`).
 * Acknowledged means on disk.
 * @see docs/semantics.md#event-log
 */
export interface EventStore {
  /**
   * Appends to one or several streams, all or nothing, and resolves once it is on disk.
   * @throws {WrongExpectedVersionError} nothing was written
   * @throws {MessageIdReusedError} some of its messages are in the log, or all are but elsewhere; nothing was written
   * @throws {WorkbenchError} STORE_UNAVAILABLE or STORE_FULL. Repeating it with the same message ids is safe.
   */
  append(appends: readonly StreamAppend[]): Promise<AppendAnswer>
  read(designId: string, streamId: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>
  /** 0 when there is no such stream. */
  streamVersion(designId: string, streamId: string): Promise<number>
  /** Ascending, positions > `after`. `designId` narrows to one design. */
  readAll(
    after: number,
    options?: { readonly designId?: string; readonly limit?: number; readonly types?: readonly string[] },
  ): Promise<readonly RecordedEvent[]>
  /**
   * Events of a design that a filter takes, in order, from anywhere in the log. It stops at `limit` events, or when it
   * has looked at `most`: whoever wants more goes on from `next`, and others have their turn in between.
   */
  scan(designId: string, scan: LogScan): Promise<LogSlice>
  /** The positions alone, so that a long list need not hold the events. */
  scanPositions(
    designId: string,
    scan: LogScan,
  ): Promise<{ readonly positions: readonly number[]; readonly next: number | null }>
  /** Those of a design that stand at these positions, ascending. */
  readAt(designId: string, positions: readonly number[]): Promise<readonly RecordedEvent[]>
  /** Counts a design's events with `after < position < before`, `most` at most, and says where the last counted stands. */
  count(
    designId: string,
    range: { readonly after: number; readonly before?: number; readonly most: number },
  ): Promise<{ readonly events: number; readonly last: number }>
  /** Position of a design's first event recorded at a time or later; null when there is none. Times never descend. */
  positionAt(designId: string, time: number): Promise<number | null>
  /** Streams of one design, newest activity first. `after`: position cursor of the last one seen. */
  streams(
    designId: string,
    options?: { readonly prefix?: string; readonly limit?: number; readonly after?: number },
  ): Promise<readonly StreamInfo[]>
  /** The last position on disk that readers may see. */
  head(): Promise<number>
  /**
   * One story of a design: what carries this correlation id, ascending, positions > `after`.
   * @param options.limit default and most: see server/limits.ts
   */
  story(
    designId: string,
    correlationId: string,
    options?: { readonly after?: number; readonly limit?: number },
  ): Promise<readonly RecordedEvent[]>
  /** The event recorded under a message id, or null: how a command is known to have been handled. */
  findMessage(messageId: string): Promise<RecordedEvent | null>
  /** How many events of a design come after a position, and the position of its last one (0 without any). */
  lag(designId: string, after: number): Promise<{ readonly lag: number; readonly head: number }>
  /** The design's last event before a position, or null. */
  eventBefore(designId: string, position: number): Promise<RecordedEvent | null>
  /** How many events of these types a design has. */
  countEvents(designId: string, types: readonly string[]): Promise<number>
  /** How many streams of a design begin like this. */
  countStreams(designId: string, prefix: string): Promise<number>
  /**
   * Catches up from `after`, then goes live: ascending, no gap, no repeat. `onEvents` is awaited before the
   * next batch, so a slow subscriber reads from disk, it is never buffered without bound.
   * STORE_UNAVAILABLE and STORE_FULL, from the log or thrown by `onEvents`, are waited out and the batch is given again.
   * Anything else thrown ends the subscription: `onError` hears why, or else the process is warned.
   */
  subscribe(
    after: number,
    onEvents: (events: readonly RecordedEvent[]) => void | Promise<void>,
    options?: SubscribeOptions,
  ): Subscription
  close(): Promise<void>
}

export interface StreamInfo {
  readonly streamId: string
  readonly version: number
  /** Position and time of its last event. */
  readonly position: number
  readonly updatedAt: number
}

export interface DesignRow {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly document: Json
  readonly createdAt: number
  readonly updatedAt: number
}

/** Designs and every version of them: a run pins the version it started with. */
export interface DesignStore {
  create(design: {
    readonly id: string
    readonly name: string
    readonly document: Json
    readonly at: number
  }): Promise<DesignRow>
  /** @returns the row, or the version that stands there instead when `expectedVersion` is stale, or null when gone */
  save(
    id: string,
    expectedVersion: number,
    change: { readonly name: string; readonly document: Json; readonly at: number },
  ): Promise<
    | { readonly saved: true; readonly row: DesignRow }
    | { readonly saved: false; readonly currentVersion: number }
    | null
  >
  get(id: string, version?: number): Promise<DesignRow | null>
  list(options: {
    readonly limit: number
    readonly after?: string
  }): Promise<readonly Omit<DesignRow, 'document'>[]>
  /** Deletes the design with its events, runs, rows and snapshots, in one transaction. */
  delete(id: string): Promise<boolean>
}

/** One line of the list of runs. A read model over the log: rebuilt from it, never the truth. */
export interface RunRow {
  readonly id: string
  readonly designId: string
  readonly designVersion: number
  readonly saga: string
  readonly mode: 'live' | 'virtual' | 'manual'
  readonly status: 'running' | 'suspended' | 'compensating' | 'completed' | 'compensated' | 'failed'
  readonly startedAt: number
  readonly endedAt: number | null
  readonly error: Json
  /** What it was started with, in one line. */
  readonly gist: string
  /** Out of the list that is shown by itself. */
  readonly archived: boolean
  /** What it waits for that does not come by itself; of very many, the first. */
  readonly attention: readonly Attention[]
  /** How many of these need a person. */
  readonly needsPerson: number
  /** Any event may change what it waits for: it waits for something, or is held here and there. */
  readonly watched: boolean
  /** Position of the event that changed the row last. */
  readonly position: number
}

/** A run that was let go of while it had nothing to do. */
export interface RestingRun {
  readonly runId: string
  readonly designId: string
  /** The run's last event then: once it has another this counts for nothing. */
  readonly seq: number
  /** When it is next due by itself, epoch ms; null: only somebody from outside moves it. */
  readonly wakeAt: number | null
}

/** An unfinished run as an engine finds it when it starts. */
export interface UnfinishedRun {
  readonly runId: string
  readonly designId: string
  /** False: what it is owed is not known without folding it. */
  readonly resting: boolean
  readonly wakeAt: number | null
}

export interface RunIndex {
  /** Rows and checkpoint move in one transaction. */
  apply(rows: readonly RunRow[], checkpoint: number): Promise<void>
  checkpoint(): Promise<number>
  get(id: string): Promise<RunRow | null>
  /** Those of these runs that it has, in one read. */
  find(ids: readonly string[]): Promise<readonly RunRow[]>
  /** Newest first. `after`: id of the last one seen. */
  list(filter: {
    readonly designId?: string
    readonly saga?: string
    readonly status?: RunRow['status']
    /** Default: only those that are not. */
    readonly archived?: boolean
    /** Only those that need one. */
    readonly needsPerson?: boolean
    readonly limit: number
    readonly after?: string
  }): Promise<readonly RunRow[]>
  /** Rows of a design that changed after a position, in the order in which they did. */
  changedSince(designId: string, position: number, limit: number): Promise<readonly RunRow[]>
  /** Ids of the runs that are watched. */
  watched(): Promise<readonly string[]>
  unfinished(): Promise<readonly RunRow[]>
  /** How many there are of each status that is no end. */
  countUnfinished(): Promise<readonly { readonly status: RunRow['status']; readonly count: number }[]>
  /** What an engine has to take up, oldest first, and what it may leave where it is until it is due. */
  toTakeUp(): Promise<readonly UnfinishedRun[]>
  /** Keeps when runs are next due. A cache: delete all and nothing changes but the time a start takes. */
  rest(runs: readonly RestingRun[]): Promise<void>
  /** Archives at most `limit` runs that ended before a time. @returns how many */
  archiveEnded(endedBefore: number, limit: number): Promise<number>
  /** @returns the row as it is now; null when there is none, or it has not ended and is to be archived */
  setArchived(id: string, archived: boolean): Promise<RunRow | null>
}

export interface ProjectionState {
  readonly designId: string
  readonly name: string
  /** Hash of the definition the rows were folded with. */
  readonly definitionHash: string
  /** The position it has folded to. */
  readonly checkpoint: number
  readonly status: 'running' | 'paused' | 'faulted'
  /** Which generation of rows readers see. A rebuild writes the next one and then swaps. */
  readonly generation: number
  readonly fault: Json
  readonly delayMs: number
}

/** Which rows, in what order. */
export interface RowSearch {
  /** All must hold. */
  readonly conditions: readonly RowCondition[]
  /** Rows that are alike in these are in order of their keys. */
  readonly sort: readonly RowSort[]
  readonly limit: number
  /** The place behind which it begins: of a row, by the values it was sorted by. */
  readonly after?: { readonly values: readonly SortValue[]; readonly key: string }
}

export interface ProjectionStore {
  get(designId: string, name: string): Promise<ProjectionState | null>
  list(designId: string): Promise<readonly ProjectionState[]>
  /** Rows (null = delete) and state in one transaction. Rows go to `generation`; the state's own generation is what readers see. */
  apply(state: ProjectionState, generation: number, rows: Readonly<Record<string, Json>>): Promise<void>
  loadRows(
    designId: string,
    name: string,
    generation: number,
    keys: readonly string[],
  ): Promise<Readonly<Record<string, Json>>>
  /** Rows of a generation, by key. */
  rows(
    designId: string,
    name: string,
    generation: number,
    options: { readonly limit: number; readonly after?: string },
  ): Promise<readonly { readonly key: string; readonly row: Json }[]>
  /** Reads through the whole generation: the caller sees to it that it is not too large. */
  search(
    designId: string,
    name: string,
    generation: number,
    search: RowSearch,
  ): Promise<readonly { readonly key: string; readonly row: Json }[]>
  /** How many rows a generation has. */
  count(designId: string, name: string, generation: number): Promise<number>
  /** Drops all generations but `keep`. */
  prune(designId: string, name: string, keep: number): Promise<void>
}

/** Where a policy of a design's newest version stands. */
export interface PolicyState {
  readonly designId: string
  readonly policy: string
  /** The event type it listens for. */
  readonly type: string
  /** The position it has reacted to. It begins at the head of the log at the save that brought it. */
  readonly checkpoint: number
  readonly status: 'running' | 'paused' | 'faulted'
  readonly fault: PolicyFault | null
  /** Deliveries of late, newest first. */
  readonly recent: readonly PolicyDelivery[]
}

/** Rows come and go with the policies of a design, in the transaction that saves it. */
export interface PolicyStore {
  list(designId: string): Promise<readonly PolicyState[]>
  /** @returns false when the policy has gone, or listens for something else now: nothing was written */
  save(state: PolicyState): Promise<boolean>
  /** Designs of which a running policy has not had an event that it listens for. */
  behind(): Promise<readonly string[]>
  /** How many events a policy has not had yet. */
  lag(state: Pick<PolicyState, 'designId' | 'type' | 'checkpoint'>): Promise<number>
}

export interface Snapshot {
  readonly version: number
  readonly state: Json
}

/** `state` is undefined where what is stored is no JSON: as wrong as a snapshot can be. */
export interface ListedSnapshot {
  readonly streamId: string
  readonly definitionHash: string
  readonly version: number
  readonly state: Json | undefined
}

/** A cache: delete them all and nothing changes. Keyed by the definition's hash, so that an edit invalidates them. */
export interface SnapshotStore {
  /** The newest snapshot at or before `atMost`. */
  load(designId: string, streamId: string, definitionHash: string, atMost?: number): Promise<Snapshot | null>
  save(designId: string, streamId: string, definitionHash: string, snapshot: Snapshot): Promise<void>
  /** All snapshots of a design, by stream and version; for checking them, not for loading. */
  list(designId: string, limit: number): Promise<readonly ListedSnapshot[]>
}

/** An event of a file, under the ids that it is to have here; the log gives it its position. */
export type ImportedEvent = Omit<RecordedEvent, 'position' | 'designId'>

export interface LogImport {
  readonly designId: string
  /** The design itself, when it comes with its log. */
  readonly create?: {
    readonly name: string
    readonly versions: readonly {
      readonly version: number
      readonly name: string
      readonly document: Json
    }[]
  }
  readonly at: number
  /** In order. Asked for again when the transaction could not be shared. */
  readonly events: () => AsyncIterable<readonly ImportedEvent[]>
}

/** Logs that came from a file. */
export interface ImportStore {
  /**
   * Writes a whole log in one transaction: all of it, or nothing. Whoever writes meanwhile waits.
   * @throws {WorkbenchError} DESIGN_NOT_FOUND, LOG_NOT_EMPTY, MESSAGE_ID_REUSED, STORE_*
   */
  run(log: LogImport): Promise<{ readonly events: number; readonly last: number }>
  /** What stands here or before in a design came from a file; 0 when nothing did. */
  importedTo(designId: string): number
  /** Those of these message ids that the log has, in any design. */
  taken(messageIds: readonly string[]): Promise<readonly string[]>
}

export interface KeptAnswer {
  readonly status: number
  readonly body: Json
  readonly headers: Readonly<Record<string, string>>
}

/** Answers kept under an Idempotency-Key. */
export interface IdempotencyStore {
  /** Claims the key. `claimed` = go on; otherwise what was answered, or `pending` while the first is under way. */
  begin(
    key: string,
    requestHash: string,
    at: number,
  ): Promise<
    | { readonly claimed: true }
    | {
        readonly claimed: false
        readonly requestHash: string
        readonly answer: KeptAnswer | null
      }
  >
  /** @param requestHash what the key stands for from now on: of a file it is known only when all of it has come */
  finish(key: string, requestHash: string, answer: KeptAnswer): Promise<void>
  /** Gives the key back after a failure that kept nothing. */
  release(key: string): Promise<void>
}

/** Why the store cannot do what it should. */
export interface StoreFault {
  readonly code: ErrorCode
  readonly message: string
  /** Epoch ms. */
  readonly since: number
}

/** Places in the log that somebody outside of it goes on from after a restart. */
export interface MarkStore {
  /** Null when there is none of this name. */
  read(name: 'traces' | 'traces-from'): Promise<number | null>
  write(name: 'traces' | 'traces-from', position: number): Promise<void>
}

export interface Store {
  readonly kind: 'sqlite' | 'memory'
  /** What is the matter with it now; null when nothing is. */
  fault(): StoreFault | null
  readonly events: EventStore
  readonly designs: DesignStore
  readonly runs: RunIndex
  readonly projections: ProjectionStore
  readonly policies: PolicyStore
  readonly snapshots: SnapshotStore
  readonly idempotency: IdempotencyStore
  readonly marks: MarkStore
  readonly imports: ImportStore
  close(): Promise<void>
}
