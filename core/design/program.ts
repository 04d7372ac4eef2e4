import type { CodeProgram, Handlers } from '../code/contract'
import { assertNever } from '../result'
import type { Aggregate, Policy, Projection } from './aggregate'
import { codeId } from './code-id'
import type { Design } from './document'
import type { Action, Compensation, Saga, SagaNode } from './saga'
import type { Operation } from './service'

/** Where in a design document something stands: `['sagas', 0, 'nodes', 3, 'input']`. */
export type DesignPath = readonly (string | number)[]

/** One user function: the id it is called by, where it stands, its text. */
export interface CodeEntry {
  readonly id: string
  readonly path: DesignPath
  readonly source: string
}

/**
 * Every user function of a design, in document order. The program and the way back from a function to its
 * field are both read from this one walk, so they cannot disagree.
 */
export function codeEntries(design: Design): readonly CodeEntry[] {
  return [
    ...design.services.flatMap((service, at) =>
      service.operations.flatMap((operation, index) =>
        operationEntries(service.id, operation, ['services', at, 'operations', index]),
      ),
    ),
    ...design.aggregates.flatMap((aggregate, at) => aggregateEntries(aggregate, ['aggregates', at])),
    ...design.projections.flatMap((projection, at) => projectionEntries(projection, ['projections', at])),
    ...design.sagas.flatMap((saga, at) => sagaEntries(saga, ['sagas', at])),
    ...design.policies.flatMap((policy, at) => policyEntries(policy, ['policies', at])),
  ]
}

/** All functions of one design version, by id. Of two with one id (a DUPLICATE_ID problem) the first counts. */
export function designProgram(design: Design): CodeProgram {
  const functions: Record<string, string> = {}
  for (const { id, source } of codeEntries(design)) functions[id] ??= source
  return { functions }
}

/** Where the function with this id stands in the document; `[]` when the design has no such function. */
export function codePath(design: Design, fnId: string): DesignPath {
  return codeEntries(design).find((candidate) => candidate.id === fnId)?.path ?? []
}

/** `event type → function id` of an aggregate's `evolve`s. */
export function evolveHandlers(aggregate: Aggregate): Handlers {
  return Object.fromEntries(
    aggregate.events.map((event) => [event.name, codeId.evolve(aggregate.id, event.name)]),
  )
}

/** `event type → function id` of a projection's handlers. */
export function projectionHandlers(projection: Projection): Handlers {
  return Object.fromEntries(
    Object.keys(projection.on).map((type) => [type, codeId.projectionOn(projection.id, type)]),
  )
}

function entry(id: string, path: DesignPath, source: string | undefined): readonly CodeEntry[] {
  return source === undefined ? [] : [{ id, path, source }]
}

function operationEntries(service: string, operation: Operation, path: DesignPath): readonly CodeEntry[] {
  const { http } = operation
  const own = entry(codeId.response(service, operation.id), [...path, 'response'], operation.response)
  if (http === undefined) return own
  const written = (part: 'url' | 'headers' | 'body') => {
    const from = http[part]
    return entry(
      codeId.http(service, operation.id, part),
      [...path, 'http', part, 'code'],
      from?.type === 'code' ? from.code : undefined,
    )
  }
  return [
    ...own,
    ...written('url'),
    ...written('headers'),
    ...written('body'),
    ...entry(codeId.http(service, operation.id, 'response'), [...path, 'http', 'response'], http.response),
  ]
}

function aggregateEntries(aggregate: Aggregate, path: DesignPath): readonly CodeEntry[] {
  return [
    ...aggregate.rules.flatMap((rule, at) =>
      entry(codeId.rule(aggregate.id, rule.id), [...path, 'rules', at, 'check'], rule.check),
    ),
    ...aggregate.commands.flatMap((command, at) =>
      entry(codeId.decide(aggregate.id, command.name), [...path, 'commands', at, 'decide'], command.decide),
    ),
    ...aggregate.events.flatMap((event, at) => [
      ...entry(codeId.evolve(aggregate.id, event.name), [...path, 'events', at, 'evolve'], event.evolve),
      ...event.upcasters.flatMap((source, index) =>
        entry(
          codeId.upcast(aggregate.id, event.name, index + 1),
          [...path, 'events', at, 'upcasters', index],
          source,
        ),
      ),
    ]),
    ...entry(codeId.isTerminal(aggregate.id), [...path, 'isTerminal'], aggregate.isTerminal),
  ]
}

function projectionEntries(projection: Projection, path: DesignPath): readonly CodeEntry[] {
  return [
    ...entry(codeId.projectionKey(projection.id), [...path, 'key'], projection.key),
    ...Object.entries(projection.on).flatMap(([type, source]) =>
      entry(codeId.projectionOn(projection.id, type), [...path, 'on', type], source),
    ),
    ...projection.queries.flatMap((query, at) =>
      entry(codeId.query(projection.id, query.id), [...path, 'queries', at, 'answer'], query.answer),
    ),
  ]
}

function policyEntries(policy: Policy, path: DesignPath): readonly CodeEntry[] {
  const { reaction } = policy
  const own = entry(codeId.policyWhen(policy.id), [...path, 'when'], policy.when)
  switch (reaction.type) {
    case 'start-saga':
      return [...own, ...entry(codeId.policyInput(policy.id), [...path, 'reaction', 'input'], reaction.input)]
    case 'send-command':
      return [
        ...own,
        ...entry(codeId.policyKey(policy.id), [...path, 'reaction', 'key'], reaction.key),
        ...entry(codeId.policyPayload(policy.id), [...path, 'reaction', 'payload'], reaction.payload),
      ]
    default:
      return assertNever(reaction)
  }
}

function sagaEntries(saga: Saga, path: DesignPath): readonly CodeEntry[] {
  return saga.nodes.flatMap((node, at) => nodeEntries(saga.id, node, [...path, 'nodes', at]))
}

function nodeEntries(saga: string, node: SagaNode, path: DesignPath): readonly CodeEntry[] {
  switch (node.type) {
    case 'start':
    case 'approval':
    case 'signal':
    case 'fail':
    case 'end':
      return []
    case 'step':
      return [
        ...entry(codeId.stepInput(saga, node.id), [...path, 'input'], node.input),
        ...entry(codeId.stepOutput(saga, node.id), [...path, 'output'], node.output),
        ...actionEntries(codeId.node(saga, node.id), node.action, [...path, 'action']),
        ...compensationEntries(codeId.compensation(saga, node.id), node.compensation, [
          ...path,
          'compensation',
        ]),
      ]
    case 'choice':
      return node.branches.flatMap((branch, index) =>
        entry(codeId.branch(saga, node.id, branch.id), [...path, 'branches', index, 'when'], branch.when),
      )
    case 'wait':
      return entry(codeId.until(saga, node.id), [...path, 'until'], node.until)
    case 'saga':
      return [
        ...entry(codeId.stepInput(saga, node.id), [...path, 'input'], node.input),
        ...entry(codeId.stepOutput(saga, node.id), [...path, 'output'], node.output),
      ]
    case 'map':
    case 'loop':
      return [
        ...(node.type === 'map'
          ? entry(codeId.items(saga, node.id), [...path, 'items'], node.items)
          : entry(codeId.until(saga, node.id), [...path, 'until'], node.until)),
        ...entry(codeId.stepOutput(saga, node.id), [...path, 'output'], node.output),
        ...bodyEntries(saga, node, [...path, 'body']),
      ]
    default:
      return assertNever(node)
  }
}

function bodyEntries(
  saga: string,
  node: Extract<SagaNode, { type: 'map' | 'loop' }>,
  path: DesignPath,
): readonly CodeEntry[] {
  const input = entry(codeId.inputOf(codeId.body(saga, node.id)), [...path, 'input'], node.body.input)
  if (node.body.type === 'saga') return input
  return [
    ...input,
    ...actionEntries(codeId.body(saga, node.id), node.body.action, [...path, 'action']),
    ...compensationEntries(codeId.bodyCompensation(saga, node.id), node.body.compensation, [
      ...path,
      'compensation',
    ]),
  ]
}

function compensationEntries(
  prefix: string,
  compensation: Compensation | undefined,
  path: DesignPath,
): readonly CodeEntry[] {
  if (compensation === undefined) return []
  return [
    ...entry(codeId.inputOf(prefix), [...path, 'input'], compensation.input),
    ...actionEntries(prefix, compensation.action, [...path, 'action']),
  ]
}

function actionEntries(prefix: string, action: Action, path: DesignPath): readonly CodeEntry[] {
  switch (action.type) {
    case 'call':
      return []
    case 'command':
      return [
        ...entry(codeId.keyOf(prefix), [...path, 'key'], action.key),
        ...entry(codeId.payloadOf(prefix), [...path, 'payload'], action.payload),
      ]
    case 'script':
      return entry(codeId.scriptOf(prefix), [...path, 'code'], action.code)
    default:
      return assertNever(action)
  }
}
