'use client'
import { useMemo } from 'react'
import { notify } from '@/components/ui/toast'
import type { Point } from '@/core/design/document'
import { type MapKind, type MapNode, type ModelMap, modelMap } from '@/core/model-map'
import { type DesignStore, useDesignStore } from '@/lib/design-store'
import type { MapPlaces } from '@/lib/layout/model-layout'
import { addition } from './editing/addition'
import { definition } from './editing/definition'
import type { EditPlan } from './editing/edit-plan'
import { renaming } from './editing/renaming'
import { wiring } from './editing/wiring'
import type { Relation } from './map-words'

/** What an act led to: the place key of what is to be looked at; null when it was refused. */
type Shown = string | null

export interface MapEdits {
  /** @param at where on the map it is put; without it, where it fits */
  add(kind: MapKind, on: MapNode | null, at: Point | null, places: MapPlaces): Shown
  wire(from: MapNode, to: MapNode): Shown
  rename(node: MapNode, text: string): Shown
  make(node: MapNode): Shown
  move(moved: MapPlaces, places: MapPlaces, mergeKey?: string): void
  tidy(): void
  /** Ends a read model's listening to an event. */
  cut(relation: Relation): void
}

/** What is done to the map, as edits of the design; what cannot be done says why. */
export function useMapEdits(): MapEdits {
  const store = useDesignStore()
  return useMemo(() => mapEdits(store), [store])
}

function mapEdits(store: DesignStore): MapEdits {
  const design = () => store.getState().document
  const run = (plan: EditPlan, title: string): Shown => {
    switch (plan.type) {
      case 'refused':
        notify.info(title, { description: plan.why })
        return null
      case 'by-hand':
        notify.info(title, { description: plan.how })
        return plan.shows
      case 'edit': {
        const done = store.getState().edit(plan.label, plan.recipe)
        if (done.ok) return plan.shows
        notify.error(title, { description: done.error[0]?.message ?? '' })
        return null
      }
    }
  }
  return {
    add: (kind, on, at, places) => {
      const plan = addition(design(), kind, on)
      if (plan.type !== 'edit' || at === null) return run(plan, 'It cannot be added')
      const recipe: typeof plan.recipe = (draft) => {
        plan.recipe(draft)
        // places that were only worked out become real: what is there must not jump when something is added
        draft.layout.model = { ...placesOnMap(modelMap(design()), places), [plan.shows]: rounded(at) }
      }
      return run({ ...plan, recipe }, 'It cannot be added')
    },
    wire: (from, to) => run(wiring(design(), from, to), `No wire from ${from.title} to ${to.title}`),
    rename: (node, text) => {
      const plan = renaming(design(), node, text)
      return plan === null ? node.id : run(plan, 'It keeps its name')
    },
    make: (node) => run(definition(node), `“${node.title}” stays undefined`),
    move: (moved, places, mergeKey) => {
      const map = modelMap(design())
      store.getState().edit(
        'Move',
        (draft) => {
          draft.layout.model = placesOnMap(map, { ...places, ...moved })
        },
        mergeKey === undefined ? {} : { mergeKey },
      )
    },
    tidy: () =>
      store.getState().edit('Tidy up the map', (draft) => {
        draft.layout.model = {}
      }),
    cut: ({ edge }) => {
      const [, , type = ''] = edge.from.split('/')
      const [, projection = ''] = edge.to.split('/')
      store.getState().edit(`Stop ${projection} listening to ${type}`, (draft) => {
        const found = draft.projections.find(({ id }) => id === projection)
        if (found) delete found.on[type]
      })
    },
  }
}

/** Places of what is on the map, in whole px; of what is not there any more none is kept. */
function placesOnMap(map: ModelMap, places: MapPlaces): Record<string, Point> {
  return Object.fromEntries(
    map.nodes.flatMap(({ id }) => {
      const place = places[id]
      return place ? [[id, rounded(place)]] : []
    }),
  )
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
