import { commandsStream } from '@/core/aggregate/stream'
import { commandOfEvent, type EventAnswer, type RecordedCommandAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { subscribeTopic } from '@/lib/socket/subscribe-topic'

/** Recorded commands of one instance, newest first; `older`: there are others behind these. */
export interface CommandHistory {
  readonly items: readonly RecordedCommandAnswer[]
  readonly older: string | null
}

const PAGE = 20

export async function loadCommands(
  instance: { readonly designId: string; readonly aggregate: string; readonly key: string },
  after?: string,
): Promise<CommandHistory> {
  const { designId, aggregate, key } = instance
  const from = after === undefined ? {} : { after }
  const { items, next } = await designsApi.commands(designId, aggregate, key, { limit: PAGE, ...from })
  return { items, older: next }
}

/** Newer ones before those there are, each once. */
export function withNewer(history: CommandHistory, newer: readonly RecordedCommandAnswer[]): CommandHistory {
  const head = history.items[0]?.seq ?? 0
  const fresh = newer.filter(({ seq }) => seq > head).toSorted((a, b) => b.seq - a.seq)
  return fresh.length === 0 ? history : { ...history, items: [...fresh, ...history.items] }
}

/** Tells of commands as they are recorded. @returns what ends it */
export function followCommands(
  instance: { readonly designId: string; readonly aggregate: string; readonly key: string },
  after: number,
  onCommands: (commands: readonly RecordedCommandAnswer[]) => void,
): () => void {
  const topic = `stream:${instance.designId}/${commandsStream(instance.aggregate, instance.key)}`
  return subscribeTopic<EventAnswer>(topic, after, (events) =>
    onCommands(events.flatMap((event) => commandOfEvent(event) ?? [])),
  )
}
