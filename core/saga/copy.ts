import type { NodeState, SagaState } from './state'

type Draft<T> = { -readonly [K in keyof T]: T[K] }

/**
 * The state with some of it changed. It is copied field by field: over `{ ...state, … }`, of what is such a copy itself,
 * Node 20 takes twenty times as long, and a run of a dozen events makes fifty copies.
 */
export function withState(state: SagaState, change: Partial<SagaState>): SagaState {
  const copy: Draft<SagaState> = {
    seq: state.seq,
    status: state.status,
    mode: state.mode,
    designVersion: state.designVersion,
    seed: state.seed,
    faults: state.faults,
    input: state.input,
    data: state.data,
    nodes: state.nodes,
    edges: state.edges,
    ended: state.ended,
    pivotPassed: state.pivotPassed,
    error: state.error,
    suspended: state.suspended,
    notUndone: state.notUndone,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
  }
  if (state.scopes !== undefined) copy.scopes = state.scopes
  if (state.signals !== undefined) copy.signals = state.signals
  if (state.breakpoints !== undefined) copy.breakpoints = state.breakpoints
  if (state.released !== undefined) copy.released = state.released
  if (state.injected !== undefined) copy.injected = state.injected
  if (state.speed !== undefined) copy.speed = state.speed
  if (state.forkedFrom !== undefined) copy.forkedFrom = state.forkedFrom
  return Object.assign(copy, change)
}

/** The same for a node. @param lastSeq of the event that changes it; left out, it stays as it is */
export function changedNode(
  node: NodeState,
  change: Partial<NodeState>,
  lastSeq: number = node.lastSeq,
): NodeState {
  const copy: Draft<NodeState> = {
    status: node.status,
    attempts: node.attempts,
    input: node.input,
    output: node.output,
    error: node.error,
    effect: node.effect,
    startedAt: node.startedAt,
    endedAt: node.endedAt,
    wakeAt: node.wakeAt,
    branch: node.branch,
    late: node.late,
    unanswered: node.unanswered,
    compensation: node.compensation,
    lastSeq,
  }
  if (node.returned !== undefined) copy.returned = node.returned
  if (node.rounds !== undefined) copy.rounds = node.rounds
  if (node.counts !== undefined) copy.counts = node.counts
  if (node.isEdited !== undefined) copy.isEdited = node.isEdited
  return Object.assign(copy, change)
}

/** The record with one entry set; its keys are ids and paths. */
export function withEntry<T>(
  record: Readonly<Record<string, T>>,
  key: string,
  value: T,
): Readonly<Record<string, T>> {
  // No id is that, whatever a file says, and to assign it is to set what every other name is looked up in.
  if (key === '__proto__') return record
  const copy = { ...record }
  copy[key] = value
  return copy
}
