'use client'
import { type RefObject, useState } from 'react'
import { targetText } from '@/components/model-editor/recipes/target'
import type { GraphHandle } from '@/components/saga-graph/types'
import { useCommands } from '@/components/workbench/commands-context'
import type { Point } from '@/core/design/document'
import type { MapKind, MapNode } from '@/core/model-map'
import { useDesignStore } from '@/lib/design-store'
import { MAP_CARD } from '@/lib/layout/model-boxes'
import type { MapPlaces } from '@/lib/layout/model-layout'
import { type Removal, removal } from './editing/removal'
import { renamable } from './editing/renaming'
import type { MapTab } from './inspector/map-inspector'
import type { Relation } from './map-words'
import { targetOf } from './node-target'
import { useChosen } from './use-chosen'
import { useMapEdits } from './use-map-edits'
import type { DrawnModel } from './use-model-map'

/** What is done on the map, and what is open over it. */
export interface OnMap {
  readonly node: MapNode | null
  readonly tab: MapTab
  readonly renaming: { readonly id: string; readonly text: string } | null
  readonly asking: Removal | null
  readonly focused: boolean
  readonly setTab: (tab: MapTab) => void
  readonly choose: (id: string | null) => void
  /** Chooses it and gives its definition the keyboard. */
  readonly open: (id: string) => void
  /** Chooses it and brings it into view. */
  readonly reveal: (id: string) => void
  /** Puts it beside what is chosen; or on something, at a place. */
  readonly add: (kind: MapKind, on?: MapNode | null, at?: Point | null) => void
  readonly wire: (from: MapNode, to: MapNode) => void
  readonly move: (moved: MapPlaces, mergeKey?: string) => void
  readonly rename: () => void
  readonly renamed: (id: string, name: string | null) => void
  readonly remove: () => void
  readonly answerRemoval: (yes: boolean) => void
  readonly make: (node: MapNode) => void
  readonly cut: (relation: Relation) => void
  readonly define: () => void
  readonly tidy: () => void
  readonly toggleFocus: () => void
}

interface Parts {
  readonly model: DrawnModel
  readonly graph: RefObject<GraphHandle | null>
  readonly inspector: RefObject<HTMLDivElement | null>
}

export function useOnMap({ model, graph, inspector }: Parts): OnMap {
  const store = useDesignStore()
  const { context } = useCommands()
  const edits = useMapEdits()
  const [chosen, choose] = useChosen()
  const [tab, setTab] = useState<MapTab>('about')
  const [renaming, setRenaming] = useState<OnMap['renaming']>(null)
  const [asking, setAsking] = useState<Removal | null>(null)
  const [focused, setFocused] = useState(false)
  const node = model.map.nodes.find(({ id }) => id === chosen) ?? null

  // a card that was just made is on the canvas after the next frame
  const soon = (act: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(act))
  const reveal = (id: string): void => {
    choose(id)
    soon(() => graph.current?.focus(id))
  }
  /** Goes to what an edit led to: its definition, where its code now is. */
  const show = (id: string | null): void => {
    if (id === null) return
    setTab('definition')
    reveal(id)
  }
  const take = (found: Removal): void => {
    store.getState().edit(found.label, found.recipe)
    choose(found.shows)
    soon(() => (found.shows === null ? graph.current?.focusCanvas() : graph.current?.focus(found.shows)))
  }
  return {
    node,
    tab,
    renaming,
    asking,
    focused: focused && node !== null,
    setTab,
    choose,
    reveal,
    open: (id) => {
      choose(id)
      setTab('definition')
      soon(() =>
        inspector.current
          ?.querySelector<HTMLElement>(
            '[role="tabpanel"]:not([hidden]) :is(input, textarea, button, [tabindex="0"])',
          )
          ?.focus(),
      )
    },
    add: (kind, on = node, at = null) => {
      const corner = at === null ? null : { x: at.x - MAP_CARD.width / 2, y: at.y - MAP_CARD.height / 2 }
      show(edits.add(kind, on, corner, model.places))
    },
    wire: (from, to) => show(edits.wire(from, to)),
    move: (moved, mergeKey) => edits.move(moved, model.places, mergeKey),
    rename: () => {
      const text = node === null ? null : renamable(store.getState().document, node)
      if (node !== null && text !== null) setRenaming({ id: node.id, text })
    },
    renamed: (id, name) => {
      setRenaming(null)
      const renamed = model.map.nodes.find((one) => one.id === id)
      const shown = name === null || !renamed ? id : (edits.rename(renamed, name) ?? id)
      reveal(shown)
    },
    remove: () => {
      const found = node === null ? null : removal(store.getState().document, node)
      if (found === null)
        context.ui.refuse('It is not defined', 'There is nothing to delete: change what names it.')
      // what nobody uses goes at once: undo brings it back
      else if (found.uses.length === 0) take(found)
      else setAsking(found)
    },
    answerRemoval: (yes) => {
      setAsking(null)
      if (yes && asking !== null) take(asking)
    },
    make: (missing) => show(edits.make(missing)),
    cut: edits.cut,
    define: () => {
      if (node === null) return
      const base = `/w/${encodeURIComponent(store.getState().designId)}`
      const target = targetOf(node)
      if (node.kind === 'saga' && node.from === 'design') {
        store.getState().setSaga(node.name)
        context.ui.goTo(base)
      } else if (target !== null)
        context.ui.goTo(`${base}/model?at=${encodeURIComponent(targetText(target)).replaceAll('%3A', ':')}`)
    },
    tidy: () => {
      edits.tidy()
      soon(() => graph.current?.fit())
    },
    toggleFocus: () => {
      if (node === null)
        context.ui.refuse('Choose something first', 'Its causes and effects stay, the rest fades.')
      else setFocused((now) => !now)
    },
  }
}
