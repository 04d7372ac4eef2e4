import { recordedCommand } from '@/core/aggregate/recorded-command'
import { commandsStream } from '@/core/aggregate/stream'
import type { Json } from '@/core/json'
import type { Decision } from './of-version'
import { readStream } from './read-stream'

/** A command as it was sent. */
export interface SentCommand {
  readonly type: string
  readonly payload: Json
}

/** The command that led to a decision, as it is recorded; null for one that was sent before commands were. */
export async function commandBehind(
  designId: string,
  instance: { readonly aggregate: string; readonly key: string },
  { commandId }: Pick<Decision, 'commandId'>,
): Promise<SentCommand | null> {
  for (const event of await readStream(designId, commandsStream(instance.aggregate, instance.key))) {
    const record = recordedCommand(event)
    if (record?.type !== 'CommandAccepted' || record.data.commandId !== commandId) continue
    const { type, payload } = record.data
    return { type, payload }
  }
  return null
}
