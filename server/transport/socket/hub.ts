import { runOfStream } from '@/core/aggregate/stream'
import { isWorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import type { EventAnswer, ProjectionChange, TopicEvents } from '@/core/protocol'
import { eventAnswer } from '../../queries/events'
import { runSummary } from '../../queries/runs'
import type { RunRow, Subscription } from '../../store/contract'
import type { Workbench } from '../../workbench'
import type { FoundTopic } from './open-source'
import { mergeProjectionUnits } from './projection-source'
import { ProjectionTopics } from './projection-topics'
import type { Unit } from './source'
import { type Listener, Topic } from './topic'
import { logTopic, runsTopic, runTopic, streamTopic, type TopicName } from './topic-name'

export interface HubParts {
  readonly wb: Workbench
  readonly toRoom: (message: TopicEvents) => void
  readonly onDefect: (error: unknown) => void
}

/**
 * Fans one subscription of the log out to the topics that somebody listens to. A topic comes with its first listener
 * and goes with its last; what concerns no topic is looked up and forgotten.
 */
export class Hub {
  private readonly topics = new Map<string, Topic>()
  private readonly projections = new ProjectionTopics((topic, unit) => this.topics.get(topic)?.push(unit))
  private readonly stops: (() => void)[]
  private log: Subscription | null = null
  private closed = false

  constructor(private readonly parts: HubParts) {
    const { wb, onDefect } = parts
    this.stops = [
      wb.runs.onRows((rows, position) => this.onRows(rows, position)),
      wb.projections.onChange((change) => this.projections.onChange(change)),
      wb.catalogue.onDeleted((designId) => this.onDeleted(designId)),
    ]
    wb.store.events.head().then((head) => this.follow(head), onDefect)
  }

  /** Topics that somebody listens to. */
  get size(): number {
    return this.topics.size
  }

  /** Who listens to them, each topic's counted. */
  get listeners(): number {
    return [...this.topics.values()].reduce((sum, { size }) => sum + size, 0)
  }

  /** @param after where the listener stands, at most where the topic was when it was found */
  join(topic: string, name: TopicName, found: FoundTopic, listener: Listener, after: number): void {
    if (this.closed) return
    const held = this.topics.get(topic) ?? this.create(topic, name, found)
    held.add(listener, after)
    this.endIfGone(found.designId)
  }

  leave(topic: string, listener: Listener): void {
    const held = this.topics.get(topic)
    held?.remove(listener)
    if (!held?.isEmpty) return
    held.close()
    this.drop(topic)
  }

  close(): void {
    this.closed = true
    this.log?.close()
    for (const stop of this.stops) stop()
    for (const topic of this.topics.values()) topic.close()
    this.topics.clear()
  }

  private create(topic: string, name: TopicName, { designId, source, projection }: FoundTopic): Topic {
    const { toRoom, onDefect } = this.parts
    const merge = name.kind === 'projection' ? { merge: mergeUnits } : {}
    const positionOf = positions(name)
    const created = new Topic({
      name: topic,
      designId,
      source,
      toRoom,
      onDefect,
      ...merge,
      ...(positionOf ? { positionOf } : {}),
    })
    this.topics.set(topic, created)
    if (name.kind === 'projection' && projection) {
      this.projections.follow(topic, designId, projection.progress, projection.head)
    }
    return created
  }

  private drop(topic: string): void {
    this.topics.delete(topic)
    this.projections.forget(topic)
  }

  private onDeleted(designId: string): void {
    for (const [name, topic] of [...this.topics]) {
      if (topic.designId !== designId) continue
      this.drop(name)
      topic.end({
        code: 'TOPIC_NOT_FOUND',
        message: `Design "${designId}", which this was about, was deleted.`,
      })
    }
  }

  /** Deleted after its topic was found and before it had a listener who could be told. */
  private endIfGone(designId: string): void {
    this.parts.wb.catalogue.load(designId).catch((error: unknown) => {
      if (isWorkbenchError(error) && error.code === 'DESIGN_NOT_FOUND') this.onDeleted(designId)
    })
  }

  private follow(after: number): void {
    if (this.closed) return
    let position = after
    this.log = this.parts.wb.store.events.subscribe(
      after,
      (events) => {
        this.onEvents(events)
        position = events.at(-1)?.position ?? position
      },
      {
        onError: (error) => {
          this.parts.onDefect(error)
          setTimeout(() => this.follow(position), 200).unref()
        },
      },
    )
  }

  private onEvents(events: readonly RecordedEvent[]): void {
    if (this.topics.size === 0) return
    const units = new Map<string, RecordedEvent[]>()
    for (const event of events) {
      const { designId, streamId } = event
      collect(units, this.topics, logTopic(designId), event)
      collect(units, this.topics, streamTopic(designId, streamId), event)
      const runId = runOfStream(streamId)
      if (runId !== null) collect(units, this.topics, runTopic(runId), event)
    }
    for (const [topic, of] of units) {
      const [first, last] = [of[0], of.at(-1)]
      if (!first || !last) continue
      const [from, position] = topic.startsWith('log:')
        ? [first.position, last.position]
        : [first.version, last.version]
      this.topics.get(topic)?.push({ events: of.map(eventAnswer), from, position })
    }
    this.projections.onEvents(events)
  }

  private onRows(rows: readonly RunRow[], position: number): void {
    if (this.topics.size === 0) return
    for (const designId of new Set(rows.map((row) => row.designId))) {
      const events = rows.filter((row) => row.designId === designId).map(runSummary)
      this.topics.get(runsTopic(designId))?.push({ events, from: position, position })
    }
  }
}

/** Where an event stands in its topic; null for topics that tell of rows. */
function positions({ kind }: TopicName): ((event: unknown) => number) | null {
  if (kind === 'log') return (event) => (event as EventAnswer).position
  if (kind === 'run' || kind === 'stream') return (event) => (event as EventAnswer).version
  return null
}

function collect(
  units: Map<string, RecordedEvent[]>,
  topics: ReadonlyMap<string, Topic>,
  topic: string,
  event: RecordedEvent,
): void {
  if (!topics.has(topic)) return
  const unit = units.get(topic)
  if (unit) unit.push(event)
  else units.set(topic, [event])
}

const mergeUnits = (first: Unit, second: Unit): Unit =>
  mergeProjectionUnits(first as Unit<ProjectionChange>, second as Unit<ProjectionChange>)
