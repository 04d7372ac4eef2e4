import type { Aggregate, Projection } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import { actionSites } from './actions-of'

/** `'From'` in any quotes: how code names a command or an event. Text that merely contains it is left alone. */
export function renameQuoted(code: string, from: string, to: string): string {
  const literal = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return code.replace(
    new RegExp(`(['"\`])${literal}\\1`, 'g'),
    (_whole, quote: string) => `${quote}${to}${quote}`,
  )
}

const byId = (draft: Design, id: string) => draft.aggregates.find((aggregate) => aggregate.id === id)

/** Renames an aggregate and every reference to it: actions, projections, policies, scenarios. */
export function renameAggregate(draft: Design, from: string, to: string): void {
  const aggregate = byId(draft, from)
  if (aggregate === undefined) return
  aggregate.id = to
  for (const { action } of actionSites(draft)) {
    if (action.type === 'command' && action.aggregate === from) action.aggregate = to
  }
  for (const projection of draft.projections) {
    projection.from = projection.from.map((id) => (id === from ? to : id))
  }
  for (const { reaction } of draft.policies) {
    if (reaction.type === 'send-command' && reaction.aggregate === from) reaction.aggregate = to
  }
  for (const scenario of draft.scenarios) {
    if (scenario.type === 'aggregate' && scenario.aggregate === from) scenario.aggregate = to
  }
}

/** Renames a command and whatever sends it. */
export function renameCommand(draft: Design, aggregateId: string, from: string, to: string): void {
  const command = byId(draft, aggregateId)?.commands.find(({ name }) => name === from)
  if (command === undefined) return
  command.name = to
  for (const { action } of actionSites(draft)) {
    if (action.type === 'command' && action.aggregate === aggregateId && action.command === from)
      action.command = to
  }
  for (const { reaction } of draft.policies) {
    const { type } = reaction
    if (type === 'send-command' && reaction.aggregate === aggregateId && reaction.command === from)
      reaction.command = to
  }
  for (const scenario of draft.scenarios) {
    const its = scenario.type === 'aggregate' && scenario.aggregate === aggregateId
    if (its && scenario.when.type === from) scenario.when.type = to
  }
}

/** Renames an event where it is defined, emitted, folded, projected and reacted to. */
export function renameEvent(draft: Design, aggregateId: string, from: string, to: string): void {
  const aggregate = byId(draft, aggregateId)
  const event = aggregate?.events.find(({ name }) => name === from)
  if (aggregate === undefined || event === undefined) return
  event.name = to
  for (const command of aggregate.commands) command.decide = renameQuoted(command.decide, from, to)
  for (const other of aggregate.events) other.evolve = renameQuoted(other.evolve, from, to)
  const others = draft.aggregates.filter((one) => one.id !== aggregateId && emits(one, from))
  for (const projection of draft.projections) renameInProjection(projection, aggregateId, from, to, others)
  // a policy listens to the whole design: it follows only when nobody else emits the old name
  if (others.length === 0) {
    for (const policy of draft.policies) if (policy.on === from) policy.on = to
  }
  for (const scenario of draft.scenarios) {
    if (scenario.type !== 'aggregate' || scenario.aggregate !== aggregateId) continue
    for (const event of [...scenario.given, ...(scenario.expect.events ?? [])])
      if (event.type === from) event.type = to
  }
}

const emits = (aggregate: Aggregate, event: string): boolean =>
  aggregate.events.some(({ name }) => name === event)

function renameInProjection(
  projection: Projection,
  aggregateId: string,
  from: string,
  to: string,
  others: readonly Aggregate[],
): void {
  const listens = (id: string) => projection.from.length === 0 || projection.from.includes(id)
  const handler = projection.on[from]
  if (!listens(aggregateId)) return
  const shared = others.some(({ id }) => listens(id))
  if (!shared) projection.key = renameQuoted(projection.key, from, to)
  if (handler === undefined) return
  const renamed = renameQuoted(handler, from, to)
  // the handler keeps its place among the others; it stays under the old name too while somebody else emits that
  projection.on = Object.fromEntries(
    Object.entries(projection.on).flatMap(([type, code]) => {
      if (type !== from) return [[type, code]]
      return shared
        ? [
            [from, handler],
            [to, renamed],
          ]
        : [[to, renamed]]
    }),
  )
}
