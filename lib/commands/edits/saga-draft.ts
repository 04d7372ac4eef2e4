import type { Design, Point } from '@/core/design/document'
import type { Saga, SagaNode } from '@/core/design/saga'

/** The saga of a draft; a recipe for a saga that is gone changes nothing. */
export function sagaOf(draft: Design, sagaId: string): Saga | null {
  return draft.sagas.find(({ id }) => id === sagaId) ?? null
}

/** A draft's places of one saga, made when there are none yet. */
export function placesOf(draft: Design, sagaId: string): Record<string, Point> {
  const places = draft.layout.sagas[sagaId] ?? {}
  draft.layout.sagas[sagaId] ??= places
  return draft.layout.sagas[sagaId] ?? places
}

/** `step`, `step-2`, `step-3` …: the first that nobody has. */
export function freshId(wanted: string, taken: Iterable<string>): string {
  const all = new Set(taken)
  if (!all.has(wanted)) return wanted
  for (let n = 2; ; n++) {
    const id = `${wanted.slice(0, 58)}-${n}`
    if (!all.has(id)) return id
  }
}

export const freshNodeId = (saga: Saga, wanted: string): string =>
  freshId(
    wanted,
    saga.nodes.map(({ id }) => id),
  )

export const freshEdgeId = (saga: Saga, from: string, to: string): string =>
  freshId(
    `${from}-${to}`.slice(0, 60),
    saga.edges.map(({ id }) => id),
  )

export const findNode = (saga: Saga, id: string): SagaNode | undefined =>
  saga.nodes.find((node) => node.id === id)
