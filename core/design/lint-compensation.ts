import { coLive } from './co-live'
import { dominators, reachableFrom } from './graph'
import { label, type SagaScope } from './lint-scope'
import { type Fix, type PatchOperation, type Problem, problem } from './problem'
import type { DesignPath } from './program'
import type { Action, Compensation, SagaNode, StepNode } from './saga'

/**
 * Compensations and the pivot. In a sound saga come compensatable steps, then at most one point of no return, then
 * steps that are retried until they succeed.
 * - MISSING_COMPENSATION: a compensatable step, not behind a pivot, has none, and one run can also reach something
 *   that may fail after it or beside it, itself not behind a pivot. A script has no effect, so nothing to undo.
 * - Behind a pivot is what can only begin once a pivot has succeeded.
 */
export function lintCompensation(scope: SagaScope): readonly Problem[] {
  const { saga } = scope
  const pivots = saga.nodes.flatMap((node, at) =>
    node.type === 'step' && node.kind === 'pivot' && node.compensation
      ? problem(
          'PIVOT_WITH_COMPENSATION',
          'warning',
          [...scope.path, 'nodes', at, 'compensation'],
          `${label(node)} is a pivot: once it has succeeded nothing is undone`,
          {
            title: 'Delete the compensation',
            patch: [{ op: 'remove', path: [...scope.path, 'nodes', at, 'compensation'] }],
          },
        )
      : [],
  )
  if (!scope.acyclic || scope.startId === undefined) return pivots
  const behind = behindPivot(scope, scope.startId)
  return [...pivots, ...afterPivot(scope, behind), ...missing(scope, behind), ...bareRounds(scope, behind)]
}

/** When a round fails, those before it have done their work: what they do has to be undone as a step's has. */
function bareRounds(scope: SagaScope, behind: ReadonlyMap<string, StepNode>): readonly Problem[] {
  return scope.saga.nodes.flatMap((node) => {
    if ((node.type !== 'map' && node.type !== 'loop') || node.disabled || behind.has(node.id)) return []
    const { body } = node
    const needsNone = body.type !== 'step' || body.kind === 'retriable' || body.action.type === 'script'
    if (needsNone || body.compensation) return []
    return problem(
      'MISSING_COMPENSATION',
      'warning',
      [...scope.nodePath(node.id), 'body'],
      `what ${label(node)} does in a round cannot be undone, and a later round may fail`,
      undoWith(scope, [...scope.nodePath(node.id), 'body'], body.action),
    )
  })
}

const isPivot = (node: SagaNode): boolean => node.type === 'step' && node.kind === 'pivot' && !node.disabled

/** The pivot that has always succeeded when a node begins, by node id. */
function behindPivot(scope: SagaScope, startId: string): ReadonlyMap<string, StepNode> {
  const passed = dominators(scope.graph, startId)
  const pivots = scope.saga.nodes.filter(isPivot)
  const found = new Map<string, StepNode>()
  for (const pivot of pivots) {
    if (pivot.type !== 'step') continue
    const follows = scope.alwaysFollowing(pivot.id)
    for (const [id, before] of passed) {
      if (id === pivot.id || found.has(id)) continue
      // Either every way leads through it, or it runs in every such run and its own way to the node is always live.
      const sure = follows.has(id) && [...before].some((other) => scope.alwaysFollowing(other).has(pivot.id))
      if (before.has(pivot.id) || sure) found.set(id, pivot)
    }
  }
  return found
}

function afterPivot(scope: SagaScope, behind: ReadonlyMap<string, StepNode>): readonly Problem[] {
  return scope.saga.nodes.flatMap((node, at) => {
    const pivot = behind.get(node.id)
    if (!pivot || node.type !== 'step' || node.disabled || (node.kind === 'retriable' && !node.compensation))
      return []
    const path = [...scope.path, 'nodes', at]
    const said = node.compensation ? 'its compensation never runs' : 'it cannot be undone'
    const patch: PatchOperation[] = [{ op: 'replace', path: [...path, 'kind'], value: 'retriable' }]
    if (node.compensation) patch.push({ op: 'remove', path: [...path, 'compensation'] })
    return problem(
      'COMPENSATION_AFTER_PIVOT',
      'warning',
      [...path, node.compensation ? 'compensation' : 'kind'],
      `${label(node)} comes after the pivot ${label(pivot)}: ${said}`,
      {
        title: 'Make it retriable',
        patch,
      },
    )
  })
}

function missing(scope: SagaScope, behind: ReadonlyMap<string, StepNode>): readonly Problem[] {
  const { saga, graph } = scope
  const risky = saga.nodes.filter((node) => canFail(node) && !behind.has(node.id))
  const bare = saga.nodes.filter((node) => needsUndoing(node) && !behind.has(node.id))
  if (risky.length === 0 || bare.length === 0) return []
  const together = coLive(scope)
  const comesBefore = new Map(risky.map((node) => [node.id, reachableFrom(graph, [node.id])]))
  return bare.flatMap((step) => {
    const threat = risky.find(
      (other) =>
        other.id !== step.id && !comesBefore.get(other.id)?.has(step.id) && together(step.id, other.id),
    )
    if (!threat) return []
    const path = scope.nodePath(step.id)
    return problem(
      'MISSING_COMPENSATION',
      'warning',
      path,
      `${label(step)} cannot be undone, and ${label(threat)} may fail after it`,
      addCompensation(scope, step),
    )
  })
}

const needsUndoing = (node: SagaNode): boolean =>
  node.type === 'step' &&
  !node.disabled &&
  node.kind === 'compensatable' &&
  !node.compensation &&
  node.action.type !== 'script'

/** A choice or a wait fails only when its code is wrong; everything else may, of itself or by a person's hand. */
function canFail(node: SagaNode): boolean {
  return (
    !node.disabled &&
    node.type !== 'start' &&
    node.type !== 'end' &&
    node.type !== 'choice' &&
    node.type !== 'wait'
  )
}

const UNDOES = /^(cancel|refund|release|undo|void|revert|reverse|return|withdraw|remove|delete|give)/i

function addCompensation(scope: SagaScope, node: SagaNode): Fix | undefined {
  return node.type === 'step' ? undoWith(scope, scope.nodePath(node.id), node.action) : undefined
}

function undoWith(scope: SagaScope, path: DesignPath, done: Action): Fix {
  const action = undoing(scope, done)
  const value: Compensation = { action: action ?? { type: 'script', code: NOT_WRITTEN } }
  const called =
    action?.type === 'call' ? action.operation : action?.type === 'command' ? action.command : undefined
  return {
    title: called === undefined ? 'Add a compensation to write' : `Compensate with ${called}`,
    patch: [
      {
        op: 'add',
        path: [...path, 'compensation'],
        value: { ...value, action: { ...value.action } },
      },
    ],
  }
}

/** Fails until it is written: a compensation that quietly does nothing would be worse than none. */
const NOT_WRITTEN =
  "({ input, output, error, data }) =>\n  fail('NotWritten', 'say here how to undo this step')"

/** What looks like the opposite of an action, at the same service or aggregate. */
function undoing({ design }: SagaScope, action: Action): Action | undefined {
  if (action.type === 'call') {
    const service = design.services.find(({ id }) => id === action.service)
    const operation = service?.operations.find(({ id }) => UNDOES.test(id) && id !== action.operation)
    return operation && { type: 'call', service: action.service, operation: operation.id }
  }
  if (action.type === 'script') return undefined
  const aggregate = design.aggregates.find(({ id }) => id === action.aggregate)
  const command = aggregate?.commands.find(({ name }) => UNDOES.test(name) && name !== action.command)
  if (!command) return undefined
  // Same instance: the compensation is given the step's input under `input`.
  return {
    type: 'command',
    aggregate: action.aggregate,
    command: command.name,
    key: `({ input }, ctx) =>\n  (${action.key})(input, ctx)`,
  }
}
