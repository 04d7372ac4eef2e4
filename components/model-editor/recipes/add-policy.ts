import type { Policy } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'

type Reaction = Policy['reaction']

export const startSaga = (saga: string): Reaction => ({
  type: 'start-saga',
  saga,
  input: '(event) => event.data',
})

/**
 * A reaction that sends a command. It is sent to the instance of the same key as the one whose event it reacts to; where
 * that is another, the code says so at once.
 * @param from the aggregate whose event it is; null for an event of runs, which has no key
 */
export const sendCommand = (from: string | null, aggregate: string, command: string): Reaction => ({
  type: 'send-command',
  aggregate,
  command,
  key: from === null ? '(event) => event.streamId' : `(event) => event.streamId.slice('${from}-'.length)`,
  payload: '(event) => event.data',
})

/** The first command there is; undefined when there is none. */
export function firstCommand(
  design: Design,
): { readonly aggregate: string; readonly name: string } | undefined {
  const aggregate = design.aggregates.find(({ commands }) => commands.length > 0)
  const [command] = aggregate?.commands ?? []
  return aggregate && command ? { aggregate: aggregate.id, name: command.name } : undefined
}

/** The first thing a policy could do in this design; null when there is nothing to start or send. */
export function firstReaction(design: Design, from: string | null): Reaction | null {
  const [saga] = design.sagas
  if (saga !== undefined) return startSaga(saga.id)
  const command = firstCommand(design)
  return command ? sendCommand(from, command.aggregate, command.name) : null
}

/** A policy on the first event of the design; null when there is nothing to do. */
export function firstPolicy(design: Design, id: string): Policy | null {
  const aggregate = design.aggregates.find(({ events }) => events.length > 0)
  const on = aggregate?.events[0]?.name ?? 'SagaFailed'
  const reaction = firstReaction(design, aggregate?.id ?? null)
  return reaction === null ? null : { id, on, reaction }
}
