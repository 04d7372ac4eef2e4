import { expect, it } from 'vitest'
import { changedNode, withEntry, withState } from './copy'
import type { NodeState, SagaState } from './state'

const node: Required<NodeState> = {
  status: 'running',
  attempts: 1,
  input: 2,
  output: 3,
  returned: 12,
  error: { code: 'E', message: 'm', kind: 'technical' },
  effect: 'done',
  startedAt: 4,
  endedAt: 5,
  wakeAt: 6,
  branch: 'b',
  late: { type: 'succeeded', output: 7 },
  unanswered: [8],
  compensation: null,
  rounds: { items: null, begun: 9, judged: 10, done: true },
  counts: true,
  isEdited: true,
  lastSeq: 11,
}
const state: Required<SagaState> = {
  seq: 1,
  status: 'suspended',
  mode: 'manual',
  designVersion: 2,
  seed: 's',
  faults: [],
  input: { a: 1 },
  data: { b: 2 },
  nodes: { node },
  scopes: { node: { input: {}, data: {} } },
  signals: [{ signal: 's', data: 3 }],
  breakpoints: ['node'],
  released: ['node'],
  injected: ['crash:action:node:1'],
  speed: 4,
  forkedFrom: { runId: 'r', seq: 5 },
  edges: { e: 'live' },
  ended: ['node'],
  pivotPassed: true,
  error: { code: 'E', message: 'm', kind: 'business', nodeId: 'node' },
  suspended: { reason: 'paused', nodeId: null, resumeTo: 'running' },
  notUndone: ['node'],
  startedAt: 6,
  endedAt: 7,
}

it('copies every field there may be, and changes what it is told', () => {
  expect(withState(state, {})).toStrictEqual(state)
  expect(withState(state, { seq: 8, data: {} })).toStrictEqual({ ...state, seq: 8, data: {} })
  expect(changedNode(node, {})).toStrictEqual(node)
  expect(changedNode(node, { attempts: 9 })).toStrictEqual({ ...node, attempts: 9 })
})

it('leaves out what is absent', () => {
  const { scopes: _scopes, speed: _speed, ...rest } = state
  expect(withState(rest, {})).toStrictEqual(rest)
  const { rounds: _rounds, ...plain } = node
  expect(changedNode(plain, {})).toStrictEqual(plain)
})

it('sets one entry of a copy, under any id and nothing else', () => {
  const record = { a: 1 }
  expect(Object.getPrototypeOf(withEntry<unknown>(record, '__proto__', { b: 2 }))).toBe(Object.prototype)
  expect(withEntry(record, 'constructor', 2)).toStrictEqual({ a: 1, constructor: 2 })
  expect(record).toStrictEqual({ a: 1 })
})
