import type { RecordedEvent } from '@/core/log/event'
import type { EventStore } from '@/server/store/contract'

/** Tells when runs end: after that is on disk, and published to whoever follows the log. */
export interface Endings {
  /** @returns the type of the event that ended the run */
  of(runId: string): Promise<string>
}

const ENDINGS: ReadonlySet<string> = new Set(['SagaCompleted', 'SagaCompensated', 'SagaFailed'])

export async function followEndings(events: EventStore): Promise<Endings> {
  const ended = new Map<string, string>()
  const waiting = new Map<string, (type: string) => void>()
  const note = ({ type, streamId }: RecordedEvent) => {
    if (!ENDINGS.has(type)) return
    const runId = streamId.slice('run-'.length)
    const wake = waiting.get(runId)
    if (!wake) {
      ended.set(runId, type)
      return
    }
    waiting.delete(runId)
    wake(type)
  }
  events.subscribe(await events.head(), (batch) => batch.forEach(note))
  return {
    of(runId) {
      const type = ended.get(runId)
      if (type === undefined) return new Promise((resolve) => waiting.set(runId, resolve))
      ended.delete(runId)
      return Promise.resolve(type)
    },
  }
}
