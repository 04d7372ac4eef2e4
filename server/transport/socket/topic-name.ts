import { topicSchema } from '@/core/protocol'

/** A topic taken apart. */
export type TopicName =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'stream'; readonly designId: string; readonly streamId: string }
  | { readonly kind: 'runs'; readonly designId: string }
  | { readonly kind: 'log'; readonly designId: string }
  | { readonly kind: 'projection'; readonly designId: string; readonly name: string }

/** @returns null when it is no topic */
export function parseTopic(topic: string): TopicName | null {
  if (!topicSchema.safeParse(topic).success) return null
  const [kind, rest = ''] = split(topic, ':')
  if (kind === 'run') return { kind, runId: rest }
  if (kind === 'runs' || kind === 'log') return { kind, designId: rest }
  const [designId, name = ''] = split(rest, '/')
  return kind === 'stream' ? { kind, designId, streamId: name } : { kind: 'projection', designId, name }
}

export const streamTopic = (designId: string, streamId: string): string => `stream:${designId}/${streamId}`
export const runTopic = (runId: string): string => `run:${runId}`
export const runsTopic = (designId: string): string => `runs:${designId}`
export const logTopic = (designId: string): string => `log:${designId}`
export const projectionTopic = (designId: string, name: string): string => `projection:${designId}/${name}`

/** At the first separator: keys of aggregates may hold more of them. */
function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
