import type { RecordedEvent } from '@/core/log/event'
import type { ProjectionChange } from '@/core/protocol'
import type { ProjectionChanged } from '../../engine/projections'
import { type ProjectionNews, projectionUnit } from './projection-source'
import type { Unit } from './source'
import { projectionTopic } from './topic-name'

interface Followed {
  readonly designId: string
  head: number
  progress: ProjectionNews['progress']
}

/**
 * What is told of projections that somebody looks at: rows that changed, and how far the log is ahead of them, so that
 * the lag is seen while it lasts.
 */
export class ProjectionTopics {
  private readonly followed = new Map<string, Followed>()

  constructor(private readonly push: (topic: string, unit: Unit<ProjectionChange>) => void) {}

  follow(topic: string, designId: string, progress: Followed['progress'], head: number): void {
    const held = this.followed.get(topic)
    if (!held) this.followed.set(topic, { designId, head, progress })
  }

  forget(topic: string): void {
    this.followed.delete(topic)
  }

  onChange({ designId, name, rows, progress }: ProjectionChanged): void {
    const topic = projectionTopic(designId, name)
    const followed = this.followed.get(topic)
    if (!followed) return
    followed.progress = progress
    this.push(topic, projectionUnit({ rows, progress }, followed.head))
  }

  /** The write side has moved. */
  onEvents(events: readonly RecordedEvent[]): void {
    if (this.followed.size === 0) return
    const heads = new Map(events.map((event) => [event.designId, event.position]))
    for (const [topic, followed] of this.followed) {
      const head = heads.get(followed.designId)
      if (head === undefined || head <= followed.head) continue
      followed.head = head
      this.push(topic, projectionUnit({ rows: {}, progress: followed.progress }, head))
    }
  }
}
