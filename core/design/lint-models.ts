import type { Design } from './document'
import { type Problem, problem } from './problem'
import type { OperationError } from './service'

/** What numbers must agree, and what stands on the canvas. */
export function lintModels(design: Design): readonly Problem[] {
  return [...probabilities(design), ...sharedStreams(design), ...upcasters(design), ...layout(design)]
}

const sum = (errors: readonly OperationError[]): number =>
  errors.reduce((total, error) => total + error.probability, 0)

/** Sums of decimals are off by a few bits: ten times 0.1 is not more than 1. */
const ROUNDING = 1e-9

function probabilities(design: Design): readonly Problem[] {
  return design.services.flatMap((service, at) =>
    service.operations.flatMap((operation, index) => {
      // How likely simulated errors are means nothing to a real call.
      if (operation.http) return []
      const total = sum(operation.errors)
      if (total <= 1 + ROUNDING) return []
      const path = ['services', at, 'operations', index, 'errors']
      return problem(
        'OPERATION_ERROR_PROBABILITY',
        'error',
        path,
        `the errors of "${operation.name ?? operation.id}" add up to ${Number(total.toFixed(4))}: at most 1`,
        {
          title: 'Scale them down to 1',
          patch: operation.errors.map((error, n) => ({
            op: 'replace',
            path: [...path, n, 'probability'],
            value: Math.floor((error.probability / total) * 10_000) / 10_000,
          })),
        },
      )
    }),
  )
}

/** `Order` with the key `Item-1` and `Order-Item` with the key `1` would be one stream. */
function sharedStreams({ aggregates }: Design): readonly Problem[] {
  return aggregates.flatMap(({ id }, at) => {
    const other = aggregates.find((one) => id.startsWith(`${one.id}-`))
    if (!other) return []
    const keys = `"${id.slice(other.id.length + 1)}-"`
    return problem(
      'SHARED_STREAM',
      'warning',
      ['aggregates', at, 'id'],
      `an instance of ${other.id} whose key begins with ${keys} would be a stream of ${id}: commands to it are refused`,
    )
  })
}

function upcasters(design: Design): readonly Problem[] {
  return design.aggregates.flatMap((aggregate, at) =>
    aggregate.events.flatMap((event, index) => {
      const lifted = event.upcasters.length + 1
      if (lifted === event.version) return []
      const path = ['aggregates', at, 'events', index]
      const said = `${event.name} is at version ${event.version}, and its upcasters lift to ${lifted}`
      const fix = {
        title: `Make it version ${lifted}`,
        patch: [{ op: 'replace' as const, path: [...path, 'version'], value: lifted }],
      }
      return problem('UPCASTER_COUNT', 'error', [...path, 'upcasters'], said, fix)
    }),
  )
}

function layout(design: Design): readonly Problem[] {
  return Object.entries(design.layout.sagas).flatMap(([sagaId, places]) => {
    const saga = design.sagas.find(({ id }) => id === sagaId)
    const path = ['layout', 'sagas', sagaId]
    if (!saga) return stray(path, `a layout for the saga "${sagaId}", which is not there`)
    const ids = new Set(saga.nodes.map(({ id }) => id))
    return Object.keys(places).flatMap((nodeId) =>
      ids.has(nodeId) ? [] : stray([...path, nodeId], `a place for the node "${nodeId}", which is not there`),
    )
  })
}

const stray = (path: readonly (string | number)[], message: string): readonly Problem[] => [
  problem('LAYOUT_OF_UNKNOWN_NODE', 'info', path, message, {
    title: 'Forget the place',
    patch: [{ op: 'remove', path }],
  }),
]
