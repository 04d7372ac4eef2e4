import type { EditableHandlers } from '@/components/saga-graph/types'
import { addCompensation, addToCanvas } from '@/lib/commands/add'
import { type CommandContext, currentSaga } from '@/lib/commands/command'
import { connectNodes } from '@/lib/commands/connect-to'
import { canConnect } from '@/lib/commands/edits/connect'
import { PALETTE, type PaletteItem } from '@/lib/commands/edits/new-node'
import { placesOf, sagaOf } from '@/lib/commands/edits/saga-draft'
import type { PickerRequest } from './canvas-picker'

interface Parts {
  readonly setPicker: (request: PickerRequest | null) => void
  readonly setRenamingId: (nodeId: string | null) => void
}

const isItem = (item: string): item is PaletteItem => PALETTE.some((entry) => entry.item === item)

/** What the pointer does to a saga, in terms of commands and edits. */
export function editableHandlers(context: CommandContext, parts: Parts): EditableHandlers {
  const { design, ui } = context
  return {
    canConnect: (from, to) => {
      const saga = currentSaga(context)
      if (!saga) return { ok: false, message: 'There is no saga' }
      const verdict = canConnect(saga, from, to)
      return verdict.ok ? { ok: true } : { ok: false, message: verdict.error.message }
    },
    onConnect: (from, to) => connectNodes(context, from, to),
    onWireDropped: (from, at) => parts.setPicker({ kind: 'add', screen: at.screen, from, canvas: at.canvas }),
    onInsertOnEdge: (edgeId, screen) => parts.setPicker({ kind: 'add', screen, edgeId }),
    onMoved: (moved) => {
      const sagaId = design().selection.sagaId
      if (sagaId === null) return
      const now = ui.positions()
      design().edit('Move', (draft) => {
        const places = placesOf(draft, sagaId)
        for (const node of sagaOf(draft, sagaId)?.nodes ?? []) {
          const place = moved[node.id] ?? places[node.id] ?? now[node.id]
          if (place) places[node.id] = { x: Math.round(place.x), y: Math.round(place.y) }
        }
      })
    },
    onDropped: (item, at) => {
      if (!isItem(item)) return
      if (item === 'compensation') {
        if (at.nodeId === null)
          ui.refuse('Drop it on a step', 'A compensation belongs to the step it undoes.')
        else addCompensation(context, at.nodeId)
      } else if (at.edgeId !== null && at.nodeId === null) {
        addToCanvas(context, item, { type: 'edge', edgeId: at.edgeId })
      } else {
        addToCanvas(context, item, { type: 'at', at: { x: at.canvas.x - 110, y: at.canvas.y - 36 } })
      }
    },
    onSelection: (nodeIds, edgeIds) => design().select(nodeIds, edgeIds),
    onRenamed: (nodeId, name) => {
      parts.setRenamingId(null)
      const { selection, edit } = design()
      const { sagaId } = selection
      if (name !== null && sagaId !== null) {
        edit('Rename', (draft) => {
          const node = sagaOf(draft, sagaId)?.nodes.find(({ id }) => id === nodeId)
          if (!node) return
          if (name.trim() === '') delete node.name
          else node.name = name.trim()
        })
      }
      requestAnimationFrame(() => ui.canvas()?.focus(nodeId))
    },
  }
}
