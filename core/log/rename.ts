import { isJsonObject, type Json } from '../json'
import type { EventMetadata } from './event'

/**
 * The ids that a log from another place has here. The design has another id, and messages that carry it (an aggregate's,
 * by which a command sent twice is known) carry the new one. Runs keep theirs when they are free; otherwise each has
 * a new one, wherever the log says its id: in its stream, its messages, its data, and the streams named after it.
 */
export interface IdsInLog {
  readonly from: string
  readonly to: string
  /** New ids by old; empty when they are kept. */
  readonly runs: ReadonlyMap<string, string>
  /** Whether messages that are of no run and of no aggregate get a new id too. */
  readonly others: boolean
}

/** The text under its new ids: a run's id that stands by itself, or before a `:`, or after the last `-`. */
export function renamedText(text: string, { runs }: IdsInLog): string {
  if (runs.size === 0) return text
  const [head = ''] = text.split(':', 1)
  const own = runs.get(head)
  if (own !== undefined) return own + text.slice(head.length)
  const name = head.slice(head.lastIndexOf('-') + 1)
  const of = runs.get(name)
  return of === undefined ? text : head.slice(0, -name.length) + of + text.slice(head.length)
}

/** The same value: what needs no new id is not copied. Members keep their names. */
export function renamedData(value: Json, ids: IdsInLog): Json {
  if (ids.runs.size === 0) return value
  if (typeof value === 'string') return renamedText(value, ids)
  if (Array.isArray(value)) return value.map((item) => renamedData(item, ids))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamedData(item, ids)]))
}

/** A message's id, or one that may be a message's or a run's: it is the same wherever it stands. */
export function renamedId(id: string, ids: IdsInLog): string {
  if (id.startsWith(`${ids.from}/`)) {
    const parts = id.slice(ids.from.length + 1).split('/')
    return [ids.to, ...parts.map((part) => renamedText(part, ids))].join('/')
  }
  const renamed = renamedText(id, ids)
  return renamed === id && ids.others ? `${ids.to}~${id}` : renamed
}

export function renamedMetadata(metadata: EventMetadata, ids: IdsInLog): EventMetadata {
  return {
    ...metadata,
    messageId: renamedId(metadata.messageId, ids),
    correlationId: renamedId(metadata.correlationId, ids),
    causationId: renamedId(metadata.causationId, ids),
  }
}
