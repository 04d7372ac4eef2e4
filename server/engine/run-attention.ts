import { runStream } from '@/core/aggregate/stream'
import { isWorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import {
  attentionOf,
  INITIAL_STATE,
  isTerminal,
  needsPerson,
  replay,
  type SagaEvent,
  type SagaPlan,
  type SagaState,
} from '@/core/saga'
import { LIMITS } from '../limits'
import type { EventStore, RunRow } from '../store/contract'
import { isPassingFault } from '../store/passing-fault'
import type { DesignCatalogue } from './loaded-design'
import { readStream } from './read-stream'
import { sagaEvent } from './run-messages'

/** Events after which a run that was not watched may wait for somebody. */
const TRIGGERS: ReadonlySet<string> = new Set<SagaEvent['type']>([
  'ApprovalRequested',
  'SignalAwaited',
  'SagaSuspended',
  'SagaFailed',
  'OperatorActed',
])

/** Whether a run may wait for somebody after this event, or be held later on. */
export function maySummon({ type, data }: SagaEvent): boolean {
  if (type === 'SagaStarted') return data.mode === 'manual' || (data.breakpoints?.length ?? 0) > 0
  if (type === 'SagaForked') return data.mode === 'manual'
  return TRIGGERS.has(type)
}

/** What of a row says who is waited for. */
export type Summons = Pick<RunRow, 'attention' | 'needsPerson' | 'watched'>

export const UNATTENDED: Summons = { attention: [], needsPerson: 0, watched: false }

export const sameSummons = (a: Summons, b: Summons): boolean =>
  a.watched === b.watched &&
  a.needsPerson === b.needsPerson &&
  JSON.stringify(a.attention) === JSON.stringify(b.attention)

interface Folded {
  readonly plan: SagaPlan
  readonly state: SagaState
}

/**
 * What runs wait for, folded from their events by the interpreter itself: there is no second account of when a person is
 * asked or a node is held. Only runs that may wait for somebody are folded; the last of them are kept at hand.
 */
export class RunAttention {
  private readonly folded = new Map<string, Folded>()

  constructor(
    private readonly events: EventStore,
    private readonly catalogue: DesignCatalogue,
  ) {}

  /**
   * @param version the run's last event that the row is to know
   * @param fresh those of its events that are at hand, ascending, up to that one
   */
  async of(row: RunRow, version: number, fresh: readonly RecordedEvent[]): Promise<Summons> {
    const run = await this.fold(row, version, fresh)
    if (!run) return UNATTENDED
    const { plan, state } = run
    const all = attentionOf(plan, state)
    const goesOn = !isTerminal(state.status)
    const isHeldHereAndThere = state.mode === 'manual' || (state.breakpoints?.length ?? 0) > 0
    const watched = all.length > 0 || (goesOn && isHeldHereAndThere)
    if (watched) this.keep(row.id, run)
    else this.folded.delete(row.id)
    return {
      attention: all.slice(0, LIMITS.attentionPerRun),
      needsPerson: all.filter(needsPerson).length,
      watched,
    }
  }

  private async fold(
    row: RunRow,
    version: number,
    fresh: readonly RecordedEvent[],
  ): Promise<Folded | undefined> {
    const held = this.folded.get(row.id)
    const plan = held?.plan ?? (await this.planOf(row))
    if (!plan) return undefined
    const before = held?.state ?? INITIAL_STATE
    const first = fresh.find((event) => event.version === before.seq + 1)
    const missed = first
      ? fresh.filter((event) => event.version > before.seq)
      : await readStream(this.events, row.designId, runStream(row.id), before.seq + 1, version)
    return { plan, state: replay(plan, missed.map(sagaEvent), before) }
  }

  /** Of a design that is gone, or cannot be read, nobody can say what its runs wait for. */
  private async planOf({ designId, designVersion, saga }: RunRow): Promise<SagaPlan | undefined> {
    try {
      return (await this.catalogue.load(designId, designVersion)).plan(saga)
    } catch (error) {
      if (isWorkbenchError(error) && !isPassingFault(error)) return undefined
      throw error
    }
  }

  private keep(runId: string, run: Folded): void {
    this.folded.delete(runId)
    this.folded.set(runId, run)
    for (const oldest of this.folded.keys()) {
      if (this.folded.size <= LIMITS.watchedRunsHeld) return
      this.folded.delete(oldest)
    }
  }
}
