import { actionSites } from '@/core/design/action-sites'
import type { Policy, Projection } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import { placeKey } from '@/core/model-map'
import { renameAggregateInScenarios, renameCommandInScenarios } from '@/lib/scenarios/follow'
import { moveAggregatePlaces, movePlace } from './places'
import { renameComparedType, renameStreams } from './rename-code'

const byId = (draft: Design, id: string) => draft.aggregates.find((aggregate) => aggregate.id === id)

/** Renames an aggregate and every reference to it: actions, projections, policies, scenarios, and its streams in code. */
export function renameAggregate(draft: Design, from: string, to: string): void {
  const aggregate = byId(draft, from)
  if (aggregate === undefined) return
  renameAggregateInScenarios(draft, from, to)
  const ids = draft.aggregates.map(({ id }) => id)
  const inCode = (code: string): string => renameStreams(code, from, to, ids)
  aggregate.id = to
  for (const { action } of actionSites(draft)) {
    if (action.type === 'command' && action.aggregate === from) action.aggregate = to
  }
  for (const projection of draft.projections) {
    projection.from = projection.from.map((id) => (id === from ? to : id))
    rewriteProjection(projection, inCode)
  }
  for (const policy of draft.policies) {
    const { reaction } = policy
    if (reaction.type === 'send-command' && reaction.aggregate === from) reaction.aggregate = to
    rewritePolicy(policy, inCode)
  }
  moveAggregatePlaces(draft, from, to)
}

function rewriteProjection(projection: Projection, rewrite: (code: string) => string): void {
  projection.key = rewrite(projection.key)
  for (const [type, code] of Object.entries(projection.on)) projection.on[type] = rewrite(code)
  for (const query of projection.queries) query.answer = rewrite(query.answer)
}

/** Every function of a policy. */
export function rewritePolicy(policy: Policy, rewrite: (code: string) => string): void {
  const { reaction } = policy
  if (policy.when !== undefined) policy.when = rewrite(policy.when)
  if (reaction.type === 'start-saga') {
    if (reaction.input !== undefined) reaction.input = rewrite(reaction.input)
    return
  }
  reaction.key = rewrite(reaction.key)
  if (reaction.payload !== undefined) reaction.payload = rewrite(reaction.payload)
}

/** Renames a command, whatever sends it, and where its own code asks for its type. */
export function renameCommand(draft: Design, aggregateId: string, from: string, to: string): void {
  const aggregate = byId(draft, aggregateId)
  const command = aggregate?.commands.find(({ name }) => name === from)
  if (aggregate === undefined || command === undefined) return
  command.name = to
  command.decide = renameComparedType(command.decide, from, to)
  for (const rule of aggregate.rules) rule.check = renameComparedType(rule.check, from, to)
  for (const { action } of actionSites(draft)) {
    if (action.type === 'command' && action.aggregate === aggregateId && action.command === from)
      action.command = to
  }
  for (const { reaction } of draft.policies) {
    const { type } = reaction
    if (type === 'send-command' && reaction.aggregate === aggregateId && reaction.command === from)
      reaction.command = to
  }
  renameCommandInScenarios(draft, aggregateId, from, to)
  movePlace(draft, placeKey.command(aggregateId, from), placeKey.command(aggregateId, to))
}
