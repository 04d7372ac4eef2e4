import type {
  Aggregate,
  CommandDefinition,
  EventDefinition,
  Policy,
  Projection,
  Query,
  Rule,
} from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import type { Operation, Service } from '@/core/design/service'

/** `Thing`, `Thing2`, …: the first that is not taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  for (let n = 2; ; n += 1) if (!taken.includes(`${wanted}${n}`)) return `${wanted}${n}`
}

export function newCommand(name: string, event: string): CommandDefinition {
  return {
    name,
    schema: { type: 'object', required: ['note'], properties: { note: { type: 'string' } } },
    example: { note: 'hello' },
    rules: [],
    decide: `(command, state) => {
  if (command.payload.note === '') {
    return reject('EmptyNote', 'a note is needed')
  }
  return { type: '${event}', data: { note: command.payload.note } }
}`,
  }
}

export const newRule = (id: string): Rule => ({
  id,
  check: `(command, state) => {
  if (command.payload === null) return 'a payload is needed'
  return true
}`,
})

export function newEvent(name: string): EventDefinition {
  return {
    name,
    schema: {},
    version: 1,
    upcasters: [],
    evolve: '(state, event) => ({ ...state, ...event.data })',
  }
}

/** A decider that works at once: one command, one event, one rule. */
export function newAggregate(id: string): Aggregate {
  const event = newEvent(`${id}Noted`)
  return {
    id,
    stateSchema: { type: 'object', properties: { notes: { type: 'array', items: { type: 'string' } } } },
    initialState: { notes: [] },
    rules: [],
    commands: [newCommand(`Note${id}`, event.name)],
    events: [
      {
        ...event,
        evolve: `(state, event) => ({
  ...state,
  notes: [...state.notes, event.data.note],
})`,
      },
    ],
    snapshotEvery: 100,
  }
}

/** One row for each instance of the aggregate it listens to, folded by a handler for each of its events. */
export function newProjection(id: string, source: Aggregate | undefined): Projection {
  return {
    id,
    from: source === undefined ? [] : [source.id],
    key: '(event) => event.streamId',
    on: Object.fromEntries((source?.events ?? []).map(({ name }) => [name, newHandler()])),
    delayMs: 0,
    queries: [],
  }
}

/** On the first event there is, it starts the first saga; without a saga it sends a command. */
export function newPolicy(id: string, design: Design): Policy {
  const emitting = design.aggregates.find(({ events }) => events.length > 0)
  const [saga] = design.sagas
  return {
    id,
    on: emitting?.events[0]?.name ?? 'SagaFailed',
    reaction:
      saga === undefined
        ? newCommandReaction(design.aggregates.find(({ commands }) => commands.length > 0))
        : newSagaReaction(saga.id),
  }
}

export const newSagaReaction = (saga: string): Policy['reaction'] => ({
  type: 'start-saga',
  saga,
  input: newInput(),
})

/** Of a design that has no command yet the lint says that there is none. */
export const newCommandReaction = (aggregate: Aggregate | undefined): Policy['reaction'] => ({
  type: 'send-command',
  aggregate: aggregate?.id ?? 'Thing',
  command: aggregate?.commands[0]?.name ?? 'NoteThing',
  key: "(event) => event.streamId.slice(event.streamId.indexOf('-') + 1)",
  payload: newPayload(),
})

export const newWhen = (): string => '(event) => true'
export const newInput = (): string => '(event) => event.data'
export const newPayload = (): string => '(event) => event.data'

/** A question that works on any rows: how many have this value in that field. */
export function newQuery(id: string): Query {
  return {
    id,
    schema: {
      type: 'object',
      properties: { field: { type: 'string' }, value: {} },
      additionalProperties: false,
    },
    example: {},
    answer: `(rows, { field, value }) => {
  const wanted = rows.filter(({ row }) => field === undefined || row[field] === value)
  return { count: wanted.length, keys: wanted.map(({ key }) => key) }
}`,
  }
}

export const newHandler = (): string => `(row, event) => ({
  ...row,
  ...event.data,
  updatedAt: event.recordedAt,
})`

export function newOperation(id: string): Operation {
  return {
    id,
    inputSchema: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } },
    inputExample: { amount: 10 },
    latency: { type: 'lognormal', medianMs: 300, p99Ms: 900 },
    errors: [{ name: 'ServiceUnavailable', kind: 'technical', probability: 0.05 }],
    response: '(input, ctx) => ({ id: ctx.id, amount: input.amount })',
  }
}

export const newService = (id: string): Service => ({ id, operations: [newOperation('perform')] })
