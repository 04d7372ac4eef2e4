import type { Design } from '@/core/design/document'
import { assertNever } from '@/core/result'

/** What the model editor is looking at. */
export type ModelTarget =
  | { readonly kind: 'aggregate'; readonly id: string }
  | { readonly kind: 'command'; readonly aggregate: string; readonly name: string }
  | { readonly kind: 'event'; readonly aggregate: string; readonly name: string }
  | { readonly kind: 'rule'; readonly aggregate: string; readonly id: string }
  | { readonly kind: 'projection'; readonly id: string }
  | { readonly kind: 'policy'; readonly id: string }
  | { readonly kind: 'service'; readonly id: string }
  | { readonly kind: 'operation'; readonly service: string; readonly id: string }
  | { readonly kind: 'scenario'; readonly id: string }

/** `command:Order.ConfirmOrder`: as it stands in the address, so that a definition can be linked to. */
export function targetText(target: ModelTarget): string {
  switch (target.kind) {
    case 'aggregate':
    case 'projection':
    case 'policy':
    case 'service':
    case 'scenario':
      return `${target.kind}:${target.id}`
    case 'command':
    case 'event':
      return `${target.kind}:${target.aggregate}.${target.name}`
    case 'rule':
      return `${target.kind}:${target.aggregate}.${target.id}`
    case 'operation':
      return `${target.kind}:${target.service}.${target.id}`
    default:
      return assertNever(target)
  }
}

/** Reads an address back; null for what is none. An id holds no dot, so the first one parts owner and name. */
export function readTarget(text: string): ModelTarget | null {
  const [, kind, owner = '', name = ''] = /^([a-z]+):([^.]+)(?:\.(.+))?$/.exec(text) ?? []
  if (isOwnKind(kind)) return { kind, id: owner }
  if (name === '') return null
  if (kind === 'command' || kind === 'event') return { kind, aggregate: owner, name }
  if (kind === 'rule') return { kind, aggregate: owner, id: name }
  if (kind === 'operation') return { kind, service: owner, id: name }
  return null
}

const LISTS = {
  aggregate: 'aggregates',
  projection: 'projections',
  policy: 'policies',
  service: 'services',
  scenario: 'scenarios',
} as const

const isOwnKind = (kind: string | undefined): kind is keyof typeof LISTS =>
  kind !== undefined && Object.hasOwn(LISTS, kind)

/** Where the definition stands in the document, or null when it is not there any more. */
export function targetPath(design: Design, target: ModelTarget): readonly (string | number)[] | null {
  const at = <T>(list: readonly T[], is: (item: T) => boolean): number => list.findIndex(is)
  switch (target.kind) {
    case 'aggregate':
    case 'projection':
    case 'policy':
    case 'service':
    case 'scenario': {
      const list = LISTS[target.kind]
      const index = at<{ readonly id: string }>(design[list], ({ id }) => id === target.id)
      return index < 0 ? null : [list, index]
    }
    case 'command':
    case 'event': {
      const owner = at(design.aggregates, ({ id }) => id === target.aggregate)
      const list = `${target.kind}s` as 'commands' | 'events'
      const index = at<{ readonly name: string }>(
        design.aggregates[owner]?.[list] ?? [],
        ({ name }) => name === target.name,
      )
      return index < 0 ? null : ['aggregates', owner, list, index]
    }
    case 'rule': {
      const owner = at(design.aggregates, ({ id }) => id === target.aggregate)
      const index = at(design.aggregates[owner]?.rules ?? [], ({ id }) => id === target.id)
      return index < 0 ? null : ['aggregates', owner, 'rules', index]
    }
    case 'operation': {
      const owner = at(design.services, ({ id }) => id === target.service)
      const index = at(design.services[owner]?.operations ?? [], ({ id }) => id === target.id)
      return index < 0 ? null : ['services', owner, 'operations', index]
    }
    default:
      return assertNever(target)
  }
}

/** The definition at a place of the document (a path that problems carry), or null. */
export function targetAt(design: Design, path: readonly (string | number)[]): ModelTarget | null {
  const [list, at, inner, nth] = path
  if (typeof at !== 'number') return null
  if (list === 'projections') {
    const id = design.projections[at]?.id
    return id === undefined ? null : { kind: 'projection', id }
  }
  if (list === 'policies') {
    const id = design.policies[at]?.id
    return id === undefined ? null : { kind: 'policy', id }
  }
  if (list === 'scenarios') {
    const id = design.scenarios[at]?.id
    return id === undefined ? null : { kind: 'scenario', id }
  }
  if (list === 'services') {
    const service = design.services[at]
    if (service === undefined) return null
    const operation = inner === 'operations' && typeof nth === 'number' ? service.operations[nth] : undefined
    return operation
      ? { kind: 'operation', service: service.id, id: operation.id }
      : { kind: 'service', id: service.id }
  }
  if (list !== 'aggregates') return null
  const aggregate = design.aggregates[at]
  if (aggregate === undefined) return null
  const rule = inner === 'rules' && typeof nth === 'number' ? aggregate.rules[nth] : undefined
  if (rule) return { kind: 'rule', aggregate: aggregate.id, id: rule.id }
  const name =
    typeof nth !== 'number'
      ? undefined
      : inner === 'commands'
        ? aggregate.commands[nth]?.name
        : inner === 'events'
          ? aggregate.events[nth]?.name
          : undefined
  if (name === undefined) return { kind: 'aggregate', id: aggregate.id }
  return { kind: inner === 'commands' ? 'command' : 'event', aggregate: aggregate.id, name }
}
