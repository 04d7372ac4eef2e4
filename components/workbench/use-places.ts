'use client'
import { nodeTitle } from '@/components/saga-graph/node-words'
import { useDesign } from '@/lib/design-store/design-provider'
import { useCommands } from './commands-context'

interface Place {
  readonly id: string
  readonly title: string
  readonly detail: string
  readonly go: () => void
}

/** Where the palette can take one: the modes, the sagas, the nodes of the saga on the canvas. */
export function usePlaces(): readonly Place[] {
  const { context, hasCanvas } = useCommands()
  const document = useDesign((state) => state.document)
  const designId = useDesign((state) => state.designId)
  const sagaId = useDesign((state) => state.selection.sagaId)
  const setSaga = useDesign((state) => state.setSaga)
  const select = useDesign((state) => state.select)
  const base = `/w/${encodeURIComponent(designId)}`
  const modes = [
    ['Design', ''],
    ['Model map', '/map'],
    ['Definitions', '/model'],
    ['Run', '/runs'],
    ['Data', '/data'],
    ['Log', '/data/log'],
    ['Code', '/code'],
  ] as const
  const saga = document.sagas.find(({ id }) => id === sagaId)
  return [
    ...(hasCanvas && saga ? saga.nodes : []).map((node) => ({
      id: `node ${node.id}`,
      title: nodeTitle(node),
      detail: node.id,
      go: () => {
        select([node.id])
        context.ui.canvas()?.focus(node.id)
      },
    })),
    ...document.sagas.map(({ id, name }) => ({
      id: `saga ${id}`,
      title: name ?? id,
      detail: 'saga',
      go: () => {
        setSaga(id)
        context.ui.goTo(base)
      },
    })),
    ...modes.map(([title, path]) => ({
      id: `mode ${title}`,
      title,
      detail: 'mode',
      go: () => context.ui.goTo(base + path),
    })),
  ]
}
