import { runStream } from '@/core/aggregate/stream'
import type { RecordedEvent } from '@/core/log/event'
import { type Span, TraceFold } from '@/core/trace'
import { readStream } from '../../engine/read-stream'
import { sagaEvent } from '../../engine/run-messages'
import type { EventStore } from '../../store/contract'

/** Runs whose spans are kept at hand; any other is read from its stream when something happens to it. */
const MOST_RUNS = 10_000

/** The traces of the runs that go on, as far as they have been folded. */
export class RunFolds {
  private readonly folds = new Map<string, TraceFold>()

  /** @param from position at which exporting first began: runs from before have had no span exported */
  constructor(
    private readonly events: EventStore,
    private readonly from: number,
  ) {}

  /** @returns spans that ended with this event, and those of before that nobody has been told of */
  async add(runId: string, recorded: RecordedEvent): Promise<readonly Span[]> {
    const { designId, version } = recorded
    const key = `${designId} ${runId}`
    const held = this.folds.get(key)
    const earlier: Span[] = []
    const fold = held ?? (await this.load(runId, recorded, earlier))
    if (!fold) return []
    const ended = fold.add({ seq: version, event: sagaEvent(recorded) })
    if (!held) this.folds.set(key, fold)
    if (fold.isQuiet) this.folds.delete(key)
    else if (this.folds.size > MOST_RUNS) this.folds.delete(this.folds.keys().next().value ?? key)
    return [...earlier, ...ended]
  }

  /** What a run has come to before this event. Null when it has no beginning: its design was deleted. */
  private async load(runId: string, recorded: RecordedEvent, earlier: Span[]): Promise<TraceFold | null> {
    const { designId, version } = recorded
    const fold = new TraceFold({ runId, designId })
    if (version === 1) return recorded.type === 'SagaStarted' ? fold : null
    const past = await readStream(this.events, designId, runStream(runId), 1, version - 1)
    if (past[0]?.type !== 'SagaStarted') return null
    const ended = past.flatMap((event) => fold.add({ seq: event.version, event: sagaEvent(event) }))
    // All of it is from before exporting began, so none of its spans has been exported yet.
    if ((past.at(-1)?.position ?? 0) <= this.from) earlier.push(...ended)
    return fold
  }
}
