import ELK, { type ELK as Elk } from 'elkjs/lib/elk-api'
import type { Point } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import { quickLayout } from './quick-layout'
import { LAYER_GAP, placeCards, ROW_GAP, sagaBoxes } from './saga-boxes'

/** How long the worker may take before the quick layout stands in, ms. */
const PATIENCE_MS = 4_000

let elk: Elk | undefined

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(LAYER_GAP),
  'elk.spacing.nodeNode': String(ROW_GAP),
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}

/**
 * Places for every node of a saga, found in a worker: large sagas take half a second.
 * Without a worker, or when it takes too long, what `quickLayout` says.
 */
export async function tidyLayout(saga: Saga): Promise<Readonly<Record<string, Point>>> {
  if (typeof Worker === 'undefined') return quickLayout(saga)
  try {
    elk ??= new ELK({
      workerFactory: () => new Worker(new URL('./elk-worker.ts', import.meta.url), { type: 'module' }),
    })
    const { boxes, edges } = sagaBoxes(saga)
    const graph = {
      id: 'saga',
      layoutOptions: options,
      children: boxes.map((box) => ({ ...box })),
      edges: edges.map(({ id, from, to }) => ({ id: `edge:${id}`, sources: [from], targets: [to] })),
    }
    const laidOut = await Promise.race([elk.layout(graph), patience()])
    const corners = new Map(laidOut.children?.map(({ id, x = 0, y = 0 }) => [id, { x, y }]))
    return placeCards(saga, corners)
  } catch {
    elk?.terminateWorker()
    elk = undefined
    return quickLayout(saga)
  }
}

function patience(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('the layout takes too long')), PATIENCE_MS)
  })
}
