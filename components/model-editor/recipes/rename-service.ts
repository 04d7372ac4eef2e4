import { actionSites } from '@/core/design/action-sites'
import type { Design } from '@/core/design/document'
import { placeKey } from '@/core/model-map'
import { renameProjectionInScenarios } from '@/lib/scenarios/follow'
import { movePlace } from './places'
import { renameQuoted } from './rename-code'

/** Renames a service and the calls to it. */
export function renameService(draft: Design, from: string, to: string): void {
  const service = draft.services.find(({ id }) => id === from)
  if (service === undefined) return
  service.id = to
  for (const { action } of actionSites(draft)) {
    if (action.type === 'call' && action.service === from) action.service = to
  }
}

/** Renames an operation and the calls to it. */
export function renameOperation(draft: Design, serviceId: string, from: string, to: string): void {
  const operation = operationOf(draft, serviceId, from)
  if (operation === undefined) return
  operation.id = to
  for (const { action } of actionSites(draft)) {
    if (action.type === 'call' && action.service === serviceId && action.operation === from)
      action.operation = to
  }
}

/** Renames an error of an operation, what returns it or is mapped to it, and the retry rules of steps that call it. */
export function renameOperationError(
  draft: Design,
  serviceId: string,
  operationId: string,
  from: string,
  to: string,
): void {
  const operation = operationOf(draft, serviceId, operationId)
  const error = operation?.errors.find(({ name }) => name === from)
  if (operation === undefined || error === undefined) return
  error.name = to
  if (operation.response !== undefined) operation.response = renameQuoted(operation.response, from, to)
  const { http } = operation
  if (http?.response !== undefined) http.response = renameQuoted(http.response, from, to)
  for (const mapping of http?.errors ?? []) if (mapping.error === from) mapping.error = to
  for (const { action, retry } of actionSites(draft)) {
    if (action.type !== 'call' || action.service !== serviceId || action.operation !== operationId) continue
    for (const rule of retry ?? []) rule.errors = rule.errors.map((name) => (name === from ? to : name))
  }
}

/** Renames a projection and the scenarios about it. */
export function renameProjection(draft: Design, from: string, to: string): void {
  const projection = draft.projections.find(({ id }) => id === from)
  if (projection === undefined) return
  projection.id = to
  renameProjectionInScenarios(draft, from, to)
  movePlace(draft, placeKey.projection(from), placeKey.projection(to))
}

/** Renames a policy. Nothing refers to one. */
export function renamePolicy(draft: Design, from: string, to: string): void {
  const policy = draft.policies.find(({ id }) => id === from)
  if (policy === undefined) return
  policy.id = to
  movePlace(draft, placeKey.policy(from), placeKey.policy(to))
}

const operationOf = (draft: Design, serviceId: string, id: string) =>
  draft.services
    .find((service) => service.id === serviceId)
    ?.operations.find((operation) => operation.id === id)
