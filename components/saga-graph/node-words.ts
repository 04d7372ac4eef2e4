import { STATES, type UiStatus } from '@/components/ui/state'
import { sagaGraph, topologicalOrder } from '@/core/design/graph'
import { type Action, type Body, doerOf, type Saga, type SagaNode } from '@/core/design/saga'
import { assertNever } from '@/core/result'
import type { NodeLive } from './types'

/** The words for a node that has no name. */
const KIND_WORDS: Readonly<Record<SagaNode['type'], string>> = {
  start: 'Start',
  step: 'Step',
  choice: 'Choice',
  wait: 'Wait',
  approval: 'Approval',
  signal: 'Signal',
  saga: 'Saga',
  map: 'Map',
  loop: 'Loop',
  fail: 'Fail',
  end: 'End',
}

export const kindWord = (node: SagaNode): string => KIND_WORDS[node.type]

/** What a person calls a node. */
export function nodeTitle(node: SagaNode): string {
  if (node.name) return node.name
  return node.type === 'start' || node.type === 'end' ? KIND_WORDS[node.type] : node.id
}

/** "payments · charge" */
export function actionWords(action: Action): string {
  switch (action.type) {
    case 'call':
      return `${action.service} · ${action.operation}`
    case 'command':
      return `${action.aggregate} · ${action.command}`
    case 'script':
      return 'script'
    default:
      return assertNever(action)
  }
}

/** The second line of a card. */
export function nodeDetail(node: SagaNode): string {
  switch (node.type) {
    case 'step':
      return actionWords(node.action)
    case 'choice':
      return node.branches.length === 1
        ? '1 branch, else default'
        : `${node.branches.length} branches, else default`
    case 'wait':
      return node.durationMs === undefined ? 'until a time' : durationWords(node.durationMs)
    case 'fail':
      return node.error
    case 'saga':
      return node.saga
    case 'signal':
      return node.signal
    case 'map':
      return `for each item, ${bodyWords(node.body)}`
    case 'loop':
      return `until done, ${bodyWords(node.body)}`
    case 'approval':
      return node.message ?? 'a person decides'
    default:
      return KIND_WORDS[node.type].toLowerCase()
  }
}

/** What a node that waits waits for, and until when. */
export function waitWords(node: SagaNode, { status, until }: NodeLive): string | null {
  if (status !== 'waiting') return null
  const what =
    node.type === 'approval'
      ? 'waits for a decision'
      : node.type === 'signal'
        ? `waits for ${node.signal}`
        : 'waits'
  return until === null ? what : `${what} ${until}`
}

const bodyWords = (body: Body): string => (body.type === 'saga' ? body.saga : actionWords(body.action))

/** "1.5 s", "3 d": the largest unit that needs no more than one decimal. */
export function durationWords(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const
  const unit = units.find(([, size]) => ms >= size && Number.isInteger((ms * 10) / size))
  return unit ? `${ms / unit[1]} ${unit[0]}` : `${ms} ms`
}

/** What a compensation is called: its own name, or what it does. */
export function compensationTitle(node: SagaNode): string | null {
  const compensation = doerOf(node)?.compensation
  return compensation ? (compensation.name ?? actionWords(compensation.action)) : null
}

/** How the step itself looks. Undone work looks undone; that nobody knows is shown beside it. */
export function stepStatus(live: NodeLive): UiStatus {
  if (live.undo === 'compensated') return 'compensated'
  return live.status
}

export function undoStatus(live: NodeLive): UiStatus {
  switch (live.undo) {
    case 'running':
      return 'compensating'
    case 'retrying':
      return 'retrying'
    case 'compensated':
      return 'compensated'
    case 'failed':
      return 'compensation-failed'
    default:
      return 'pending'
  }
}

/** True when nobody can say whether the step's work was done, and it has not been undone since. */
export const isUnknown = (live: NodeLive): boolean => live.effect === 'unknown' && live.undo !== 'compensated'

/** Each step's place in the saga, counted along the graph: "step 2 of 5". */
export function stepNumbers(saga: Saga): ReadonlyMap<string, string> {
  const types = new Map(saga.nodes.map((node) => [node.id, node.type]))
  const graph = sagaGraph(saga)
  const ordered = topologicalOrder(graph)
  const left = graph.ids.filter((id) => !ordered.includes(id))
  const steps = [...ordered, ...left].filter((id) => types.get(id) === 'step')
  return new Map(steps.map((id, at) => [id, `step ${at + 1} of ${steps.length}`]))
}

/** "Reserve stock, step 2 of 5, failed, compensation: Release stock" */
export function spokenLabel(node: SagaNode, number: string | undefined, live: NodeLive | null): string {
  const undo = compensationTitle(node)
  const title = nodeTitle(node)
  const kind = number ?? KIND_WORDS[node.type].toLowerCase()
  return [
    title,
    kind === title.toLowerCase() ? null : kind,
    node.type === 'step' && node.kind !== 'compensatable' ? node.kind : null,
    node.disabled ? 'disabled' : null,
    live ? STATES[live.status].label.toLowerCase() : null,
    live?.held ? 'held until somebody steps' : null,
    live && waitWords(node, live),
    live?.rounds ?? null,
    live && live.attempts > 1 ? `attempt ${live.attempts}` : null,
    live?.effect === 'unknown' ? 'outcome unknown' : null,
    live?.error ?? null,
    undo === null ? null : `compensation: ${undo}`,
    live && live.undo !== 'none' && undo !== null ? STATES[undoStatus(live)].label.toLowerCase() : null,
  ]
    .filter((part) => part !== null)
    .join(', ')
}
