import { z } from 'zod'
import { jsonObjectSchema, nodePathSchema } from '../design/primitives'
import type { JsonObject } from '../json'
import { cleared, withCompensation, withData, withNode } from './change'
import { changedNode, withEntry, withState } from './copy'
import type { SagaEventOf } from './events'
import { faultSchema, isAt } from './fault'
import { undoKey } from './gate'
import type { NodePath } from './path'
import type { SagaPlan } from './plan'
import { hasFailed, nodeState, own, PENDING_COMPENSATION, type RoundsState, type SagaState } from './state'

const dataDetail = z.object({ data: jsonObjectSchema, scope: nodePathSchema.optional() })
const speedDetail = z.object({
  mode: z.enum(['live', 'virtual', 'manual']),
  speed: z.number().positive().optional(),
})
const breakpointsDetail = z.object({ breakpoints: z.array(nodePathSchema) })

/** What a person did, as far as no event after it says so. `detail` is read as anything from a log is: with care. */
export function operatorActed(
  plan: SagaPlan,
  state: SagaState,
  { data: { action, nodeId, detail, reason, at } }: SagaEventOf<'OperatorActed'>,
): SagaState {
  switch (action) {
    case 'cancel':
    case 'compensate':
      return withState(state, {
        error: state.error ?? {
          code: 'Cancelled',
          message: reason ?? 'cancelled by a person',
          kind: 'business',
          nodeId: null,
        },
      })
    case 'resume':
      // Only a paused run resumes, or one whose cancel came too late: then it is as if it had not been asked.
      return state.error?.nodeId === null && state.suspended?.reason !== 'paused'
        ? withState(state, { error: cleared(state, null) })
        : state
    case 'retry':
      return nodeId === undefined ? state : retried(state, nodeId)
    case 'step':
      return nodeId === undefined ? state : released(state, nodeId)
    case 'retry-compensation':
      return nodeId === undefined ? state : reopened(undoneAgain(state, nodeId))
    case 'mark-compensated':
      return nodeId === undefined
        ? state
        : reopened(
            withCompensation(state, nodeId, {
              status: 'compensated',
              endedAt: at,
              retryAt: null,
              byHand: reason ?? '',
            }),
          )
    case 'leave-compensation':
      return nodeId === undefined ? state : withCompensation(state, nodeId, { left: true })
    case 'add-fault': {
      const fault = faultSchema.safeParse(detail)
      return fault.success ? withState(state, { faults: [...state.faults, fault.data] }) : state
    }
    case 'lift-faults':
      return withState(state, {
        faults: state.faults.filter((fault) => nodeId !== undefined && !isAt(fault, nodeId)),
      })
    case 'set-data': {
      const given = dataDetail.safeParse(detail)
      return given.success ? edited(plan, state, given.data.scope ?? '', given.data.data) : state
    }
    case 'set-speed': {
      const given = speedDetail.safeParse(detail)
      if (!given.success) return state
      const { speed: _speed, ...rest } = state
      const { mode, speed } = given.data
      return withState(rest, { mode, ...(speed === undefined ? {} : { speed }) })
    }
    case 'set-breakpoints': {
      const given = breakpointsDetail.safeParse(detail)
      return given.success ? withState(state, { breakpoints: given.data.breakpoints }) : state
    }
    default:
      return state
  }
}

/** Other data, for what begins from here on: a step that failed on what was there before is given its input anew. */
function edited(plan: SagaPlan, state: SagaState, scope: NodePath, data: JsonObject): SagaState {
  const toTryAgain = Object.keys(state.nodes).filter((path) => {
    const node = nodeState(state, path)
    const waits = hasFailed(node) || (node.status === 'pending' && node.attempts > 0)
    return waits && plan.place(path)?.scope === scope
  })
  return toTryAgain.reduce(
    (next, path) => {
      const node = changedNode(nodeState(next, path), { isEdited: true })
      return withState(next, { nodes: withEntry(next.nodes, path, node) })
    },
    withData(state, scope, data),
  )
}

/** A new attempt: the numbers go on, the earlier ones stay in the log. What a node runs stands as it is. */
function retried(state: SagaState, path: NodePath): SagaState {
  const { rounds } = nodeState(state, path)
  const hasBegun = rounds !== undefined || own(state.scopes ?? {}, path) !== undefined
  const again = withNode(state, path, {
    status: hasBegun ? 'running' : 'pending',
    error: null,
    endedAt: null,
    wakeAt: null,
    ...(rounds && isExhausted(rounds) ? { rounds: { ...rounds, judged: rounds.begun - 1 } } : {}),
  })
  return withState(again, { error: cleared(again, path) })
}

/** A loop had all its rounds and its condition did not hold: it is asked once more. */
const isExhausted = ({ items, begun, judged, done }: RoundsState): boolean =>
  items === null && !done && begun > 0 && judged === begun

function released(state: SagaState, path: NodePath): SagaState {
  const key = state.status === 'compensating' ? undoKey(path) : path
  return withState(state, { released: [...(state.released ?? []), key] })
}

/** It is tried once more, also when it was to be left: what becomes of it now waits for a person again. */
function undoneAgain(state: SagaState, path: NodePath): SagaState {
  const node = nodeState(state, path)
  const { left: _left, ...compensation } = node.compensation ?? PENDING_COMPENSATION
  const unleft = withState(state, {
    nodes: withEntry(state.nodes, path, changedNode(node, { compensation })),
  })
  return withCompensation(unleft, path, { status: 'pending' })
}

/** A saga that had failed to undo something is at it again; it ends anew. */
const reopened = (state: SagaState): SagaState =>
  state.status === 'failed'
    ? withState(state, { status: 'compensating', notUndone: [], endedAt: null })
    : state
