import { wouldCycle } from '@/core/design/graph'
import type { Saga, SagaNode } from '@/core/design/saga'
import { err, ok, type Result } from '@/core/result'
import { findNode, freshEdgeId, freshId } from './saga-draft'

export type ConnectRefusal = {
  readonly code: 'UNKNOWN_NODE' | 'SAME_NODE' | 'INTO_START' | 'OUT_OF_END' | 'DUPLICATE' | 'CYCLE'
  readonly message: string
}

const refuse = (code: ConnectRefusal['code'], message: string): Result<never, ConnectRefusal> =>
  err({ code, message })
const nameOf = (node: SagaNode): string => node.name ?? node.id

/** Whether an edge between two nodes makes sense, and if not why. */
export function canConnect(saga: Saga, from: string, to: string): Result<null, ConnectRefusal> {
  const source = findNode(saga, from)
  const target = findNode(saga, to)
  if (!source || !target) return refuse('UNKNOWN_NODE', 'There is no such node')
  if (from === to) return refuse('SAME_NODE', 'A node cannot lead to itself')
  if (target.type === 'start') return refuse('INTO_START', 'Nothing leads into the start')
  if (source.type === 'end' || source.type === 'fail') {
    return refuse('OUT_OF_END', `Nothing comes after "${nameOf(source)}": the branch ends there`)
  }
  // Two branches of a choice may lead to one node; two plain edges say the same.
  if (source.type !== 'choice' && saga.edges.some((edge) => edge.from === from && edge.to === to)) {
    return refuse('DUPLICATE', 'They are connected already')
  }
  if (wouldCycle(saga, from, to)) {
    return refuse(
      'CYCLE',
      `"${nameOf(target)}" already leads to "${nameOf(source)}": the saga would go round in a circle`,
    )
  }
  return ok(null)
}

/** Every node an edge may be drawn to. */
export const connectTargets = (saga: Saga, from: string): readonly SagaNode[] =>
  saga.nodes.filter(({ id }) => canConnect(saga, from, id).ok)

/**
 * Draws an edge in a draft. Out of a choice it takes the first branch that leads nowhere yet, then the default,
 * then a new branch.
 * @returns the edge's id
 */
export function connect(saga: Saga, from: string, to: string): string {
  const id = freshEdgeId(saga, from, to)
  const source = findNode(saga, from)
  if (source?.type !== 'choice') {
    saga.edges.push({ id, from, to })
    return id
  }
  const used = new Set(saga.edges.filter((edge) => edge.from === from).map(({ branch }) => branch))
  const branch = [...source.branches.map((each) => each.id), 'default'].find((each) => !used.has(each))
  saga.edges.push({ id, from, to, branch: branch ?? addBranch(source) })
  return id
}

/** A new branch that is never taken until it says when. */
export function addBranch(choice: SagaNode & { type: 'choice' }): string {
  const id = freshId(`branch-${choice.branches.length + 1}`, [
    ...choice.branches.map((branch) => branch.id),
    'default',
  ])
  choice.branches.push({ id, when: '(data) => false' })
  return id
}
