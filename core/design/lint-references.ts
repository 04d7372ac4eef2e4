import { COMMANDS } from '../aggregate/stream'
import { assertNever } from '../result'
import type { Aggregate } from './aggregate'
import type { Design } from './document'
import { type Fix, type Problem, problem } from './problem'
import type { DesignPath } from './program'
import type { Action, SagaNode } from './saga'

/** An action and where it stands. */
export interface PlacedAction {
  readonly action: Action
  readonly path: DesignPath
}

/** Every action of a node: its own, its body's, and their compensations. */
export function actionsOf(node: SagaNode, path: DesignPath): readonly PlacedAction[] {
  if (node.type === 'step') return own(node, path)
  if ((node.type === 'map' || node.type === 'loop') && node.body.type === 'step')
    return own(node.body, [...path, 'body'])
  return []
}

function own(
  holder: { readonly action: Action; readonly compensation?: { readonly action: Action } },
  path: DesignPath,
): readonly PlacedAction[] {
  const action = { action: holder.action, path: [...path, 'action'] }
  return holder.compensation
    ? [action, { action: holder.compensation.action, path: [...path, 'compensation', 'action'] }]
    : [action]
}

/** The sagas a node runs, with where it says so. */
export function sagasOf(
  node: SagaNode,
  path: DesignPath,
): readonly { readonly saga: string; readonly path: DesignPath }[] {
  if (node.type === 'saga') return [{ saga: node.saga, path: [...path, 'saga'] }]
  if ((node.type === 'map' || node.type === 'loop') && node.body.type === 'saga')
    return [{ saga: node.body.saga, path: [...path, 'body', 'saga'] }]
  return []
}

/** UNKNOWN_SERVICE … UNKNOWN_PROJECTION: whatever names something that is not in the design. */
export function lintReferences(design: Design): readonly Problem[] {
  return [
    ...design.sagas.flatMap((saga, at) =>
      saga.nodes.flatMap((node, index) => {
        const path = ['sagas', at, 'nodes', index]
        return [
          ...actionsOf(node, path).flatMap((placed) => lintAction(design, placed)),
          ...sagasOf(node, path).flatMap((child) => knownSaga(design, child.saga, child.path)),
        ]
      }),
    ),
    ...design.projections.flatMap((projection, at) =>
      projection.from.flatMap((id, index) =>
        id === COMMANDS
          ? []
          : knownAggregate(design, id, ['projections', at, 'from', index], 'warning', 'Stop listening to it'),
      ),
    ),
    ...design.policies.flatMap(({ reaction }, at) => {
      const path = ['policies', at, 'reaction']
      if (reaction.type === 'start-saga') return knownSaga(design, reaction.saga, [...path, 'saga'])
      return knownCommand(design, reaction.aggregate, reaction.command, path)
    }),
    ...design.scenarios.flatMap((scenario, at) => {
      const path = ['scenarios', at, scenario.type]
      switch (scenario.type) {
        case 'aggregate':
          return knownAggregate(design, scenario.aggregate, path, 'warning')
        case 'saga':
          return knownSaga(design, scenario.saga, path, 'warning')
        case 'projection':
          return design.projections.some(({ id }) => id === scenario.projection)
            ? []
            : problem(
                'UNKNOWN_PROJECTION',
                'warning',
                path,
                `there is no read model "${scenario.projection}"`,
              )
        default:
          return assertNever(scenario)
      }
    }),
  ]
}

function lintAction(design: Design, { action, path }: PlacedAction): readonly Problem[] {
  switch (action.type) {
    case 'script':
      return []
    case 'command':
      return knownCommand(design, action.aggregate, action.command, path)
    case 'call':
      return knownOperation(design, action.service, action.operation, path)
    default:
      return assertNever(action)
  }
}

function knownOperation(
  design: Design,
  service: string,
  operation: string,
  path: DesignPath,
): readonly Problem[] {
  const at = design.services.findIndex(({ id }) => id === service)
  const found = design.services[at]
  if (!found) {
    return [
      problem('UNKNOWN_SERVICE', 'error', [...path, 'service'], `there is no service "${service}"`, {
        title: `Add the service "${service}"`,
        patch: [
          {
            op: 'add',
            path: ['services', design.services.length],
            value: { id: service, operations: [{ id: operation }] },
          },
        ],
      }),
    ]
  }
  if (found.operations.some(({ id }) => id === operation)) return []
  return [
    problem(
      'UNKNOWN_OPERATION',
      'error',
      [...path, 'operation'],
      `the service "${found.name ?? service}" has no operation "${operation}"`,
      {
        title: `Add the operation "${operation}"`,
        patch: [
          {
            op: 'add',
            path: ['services', at, 'operations', found.operations.length],
            value: { id: operation },
          },
        ],
      },
    ),
  ]
}

function knownCommand(
  design: Design,
  aggregate: string,
  command: string,
  path: DesignPath,
): readonly Problem[] {
  const found = design.aggregates.find(({ id }) => id === aggregate)
  if (!found) return knownAggregate(design, aggregate, [...path, 'aggregate'])
  if (found.commands.some(({ name }) => name === command)) return []
  return [
    problem(
      'UNKNOWN_COMMAND',
      'error',
      [...path, 'command'],
      `the aggregate "${found.name ?? aggregate}" has no command "${command}"`,
      only(found, path),
    ),
  ]
}

/** When there is one command, it is the one that was meant. */
function only(aggregate: Aggregate, path: DesignPath): Fix | undefined {
  const [first, ...others] = aggregate.commands
  if (!first || others.length > 0) return undefined
  return {
    title: `Send ${first.name}`,
    patch: [{ op: 'replace', path: [...path, 'command'], value: first.name }],
  }
}

function knownAggregate(
  design: Design,
  id: string,
  path: DesignPath,
  severity: 'error' | 'warning' = 'error',
  removal?: string,
): readonly Problem[] {
  if (design.aggregates.some((aggregate) => aggregate.id === id)) return []
  const fix: Fix | undefined =
    removal === undefined ? undefined : { title: removal, patch: [{ op: 'remove', path }] }
  return [problem('UNKNOWN_AGGREGATE', severity, path, `there is no aggregate "${id}"`, fix)]
}

function knownSaga(
  design: Design,
  id: string,
  path: DesignPath,
  severity: 'error' | 'warning' = 'error',
): readonly Problem[] {
  if (design.sagas.some((saga) => saga.id === id)) return []
  const fix: Fix = {
    title: `Add the saga "${id}"`,
    patch: [
      {
        op: 'add',
        path: ['sagas', design.sagas.length],
        value: {
          id,
          nodes: [
            { id: 'start', type: 'start' },
            { id: 'end', type: 'end' },
          ],
          edges: [{ id: 'start-end', from: 'start', to: 'end' }],
        },
      },
    ],
  }
  return [problem('UNKNOWN_SAGA', severity, path, `there is no saga "${id}"`, fix)]
}
