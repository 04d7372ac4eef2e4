import type { Aggregate, CommandDefinition } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { AggregateScenario } from '@/core/design/scenario'
import { isJsonObject, type Json } from '@/core/json'
import type { EventAnswer } from '@/core/protocol'
import { scenarioFromWhatIf } from './from-what-if'

/** What one command recorded in a stream, and what stood there before it. */
export interface Decision {
  readonly before: readonly EventAnswer[]
  readonly events: readonly EventAnswer[]
  readonly commandId: string
  /** Epoch ms. */
  readonly at: number
}

/** A message is called by its command and its number among that command's events: `…/{commandId}/{n}`. */
const commandOf = ({ metadata }: EventAnswer): string => metadata.messageId.replace(/\/\d+$/, '')

/** The events that came of the command which led to this version; null before the first. */
export function decisionAt(events: readonly EventAnswer[], version: number): Decision | null {
  const event = events[version - 1]
  if (event === undefined) return null
  const command = commandOf(event)
  const own = events.filter((other) => commandOf(other) === command)
  const [first] = own
  if (first === undefined) return null
  const commandId = command.split('/').slice(2).join('/') || command
  return { before: events.slice(0, first.version - 1), events: own, commandId, at: first.recordedAt }
}

/** The command that most likely led to these events: the first whose code speaks of them. */
export function likelyCommand(aggregate: Aggregate, { events }: Decision): CommandDefinition | undefined {
  const [first] = events
  return (
    aggregate.commands.find(({ decide }) => first !== undefined && speaksOf(decide, first.type)) ??
    aggregate.commands[0]
  )
}

const speaksOf = (code: string, type: string): boolean =>
  ["'", '"', '`'].some((quote) => code.includes(`${quote}${type}${quote}`))

/** What it may have come with: its example, and what its event says under the same names. */
export function likelyPayload(command: CommandDefinition, { events }: Decision): Json {
  const example = command.example ?? {}
  const said = events[0]?.data
  if (!isJsonObject(example) || !isJsonObject(said)) return example
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      Object.hasOwn(said, name) ? (said[name] ?? value) : value,
    ]),
  )
}

/** Given the events before, when this command comes, then the events that were recorded. */
export function scenarioOfVersion(
  design: Design,
  instance: { readonly aggregate: string; readonly key: string },
  decision: Decision,
  command: { readonly type: string; readonly payload: Json },
  name: string,
): AggregateScenario | null {
  const { before, events, commandId, at } = decision
  const made = scenarioFromWhatIf(
    design,
    {
      ...instance,
      past: before,
      steps: [{ command: { ...command, at, commandId }, outcome: { type: 'accepted', events, state: null } }],
    },
    name,
  )
  if (made === null) return null
  // The state follows from the events: whether they are the same says it all.
  return { ...made, expect: { events: events.map(({ type, data }) => ({ type, data })) } }
}
