import { createDesignStore } from '@/lib/design-store/design-store'
import { sampleAnswer, testWorld } from '@/lib/design-store/testing'
import { sagaPositions } from '@/lib/layout/saga-positions'
import { type CommandContext, currentSaga } from './command'
import type { Clip } from './edits/clip'

/** A page without a browser: commands act on a real store; what they ask of the page is written down. */
export function testPage() {
  const world = testWorld(sampleAnswer())
  const store = createDesignStore(world.server(), world.ports)
  const said: string[] = []
  let clip: Clip | null = null
  const context: CommandContext = {
    design: store.getState,
    ui: {
      canvas: () => null,
      map: () => null,
      positions: () => {
        const saga = currentSaga(context)
        return saga ? sagaPositions(saga, store.getState().document.layout.sagas[saga.id]) : {}
      },
      open: (what) => said.push(`open ${what}`),
      rename: (id) => said.push(`rename ${id}`),
      refuse: (title, why) => said.push(`refuse ${title}: ${why}`),
      tell: (title) => said.push(`tell ${title}`),
      goTo: (path) => said.push(`go ${path}`),
      keepClip: (kept) => {
        clip = kept
      },
      clip: () => clip,
      release: () => said.push('release'),
    },
  }
  const saga = () => {
    const found = currentSaga(context)
    if (!found) throw new Error('no saga')
    return found
  }
  /** "reserve>charge", in document order. */
  const links = (): readonly string[] =>
    saga().edges.map(({ from, to, branch }) => `${from}>${to}${branch === undefined ? '' : `:${branch}`}`)
  return { world, store, context, said, saga, links, design: store.getState }
}
