import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Design, parseDesign } from '@/core/design/document'
import type { DesignAnswer } from '@/core/protocol'
import { err, ok } from '@/core/result'
import { createChecker } from './checker'
import { type Changed, EMPTY_HISTORY, type History, recordEdit, redoEdit, undoEdit } from './history'
import { type DesignPorts, pagePorts } from './ports'
import { createSaver } from './saver'
import { shareStructure } from './share'
import type { DesignState, NodePlace, Selection } from './state'

export type DesignStore = StoreApi<DesignState>

/**
 * One design in one page: the document, my undo, its problems, and its way to the server.
 * The document is always one that parses: an edit that would break it is refused with issues.
 */
export function createDesignStore(
  initial: DesignAnswer,
  ports: DesignPorts = pagePorts(initial.id),
): DesignStore {
  let history: History = EMPTY_HISTORY

  const store = createStore<DesignState>()((set, get) => {
    const adopt = (changed: Changed): void => {
      history = changed.history
      set({
        document: changed.document,
        selection: stillThere(changed.document, get().selection),
        trail: trailThere(changed.document, get().trail),
        ...undoState(history),
      })
      saver.touched()
      checker.changed()
    }
    return {
      designId: initial.id,
      version: initial.version,
      document: initial.document,
      saveState: 'saved',
      saveError: null,
      theirs: null,
      draft: null,
      problems: [],
      selection: stillThere(initial.document, { sagaId: null, nodeIds: [], edgeIds: [] }),
      trail: [],
      ...undoState(EMPTY_HISTORY),

      edit: (label, recipe, options = {}) => {
        const mergeKey = options.mergeKey ?? null
        const changed = recordEdit(get().document, history, { label, recipe, mergeKey, at: ports.now() })
        if (changed === null) return ok(null)
        const parsed = parseDesign(changed.document)
        if (!parsed.ok) return err(parsed.error)
        adopt(changed)
        return ok(null)
      },
      replace: (label, document) => {
        const recipe = (draft: Design): void =>
          void Object.assign(draft, shareStructure(get().document, document))
        const changed = recordEdit(get().document, history, {
          label,
          recipe,
          mergeKey: null,
          at: ports.now(),
        })
        if (changed) adopt(changed)
      },
      keepDraft: (draft) => set({ draft }),
      undo: () => {
        const changed = undoEdit(get().document, history)
        if (changed) adopt(changed)
      },
      redo: () => {
        const changed = redoEdit(get().document, history)
        if (changed) adopt(changed)
      },
      select: (nodeIds, edgeIds = []) => {
        const { selection } = get()
        if (sameIds(selection.nodeIds, nodeIds) && sameIds(selection.edgeIds, edgeIds)) return
        set({ selection: { ...selection, nodeIds, edgeIds } })
      },
      setSaga: (sagaId) => {
        if (sagaId !== get().selection.sagaId)
          set({ selection: { sagaId, nodeIds: [], edgeIds: [] }, trail: [] })
      },
      openSaga: (sagaId, fromNodeId) => {
        const { selection, trail } = get()
        if (selection.sagaId === null || selection.sagaId === sagaId) return
        const from = { sagaId: selection.sagaId, nodeId: fromNodeId }
        set({ selection: { sagaId, nodeIds: [], edgeIds: [] }, trail: [...trail, from] })
      },
      goBack: (at) => {
        const { trail, document } = get()
        const place = trail.at(at ?? -1)
        if (!place) return
        const { sagaId, nodeId } = place
        const left = trail.slice(0, at ?? -1)
        set({ selection: stillThere(document, { sagaId, nodeIds: [nodeId], edgeIds: [] }), trail: left })
      },
      saveNow: () => saver.flush(),
      resolveConflict: async (keep) => {
        const { theirs, document } = get()
        if (!theirs) return
        if (keep === 'mine') {
          set({ version: theirs.version, theirs: null, saveState: 'dirty' })
          await saver.flush()
          return
        }
        history = EMPTY_HISTORY
        set({
          version: theirs.version,
          document: theirs.document,
          theirs: null,
          selection: stillThere(theirs.document, get().selection),
          trail: trailThere(theirs.document, get().trail),
          ...undoState(history),
        })
        saver.settled(theirs.document)
        if (document !== theirs.document) checker.changed()
      },
      dispose: () => {
        saver.dispose()
        checker.dispose()
      },
    }
  })
  const saver = createSaver(ports, { get: store.getState, set: store.setState })
  const checker = createChecker(
    ports,
    () => store.getState().document,
    (problems) => store.setState({ problems }),
  )
  checker.changed()
  return store
}

function undoState(history: History): Pick<DesignState, 'canUndo' | 'canRedo' | 'undoLabel' | 'redoLabel'> {
  const undoLabel = history.past.at(-1)?.label ?? null
  const redoLabel = history.future[0]?.label ?? null
  return { canUndo: undoLabel !== null, canRedo: redoLabel !== null, undoLabel, redoLabel }
}

/** The selection without what the document no longer has. */
function stillThere(document: Design, selection: Selection): Selection {
  const saga = document.sagas.find(({ id }) => id === selection.sagaId) ?? document.sagas[0]
  if (!saga) return { sagaId: null, nodeIds: [], edgeIds: [] }
  if (saga.id !== selection.sagaId) return { sagaId: saga.id, nodeIds: [], edgeIds: [] }
  const nodeIds = selection.nodeIds.filter((id) => saga.nodes.some((node) => node.id === id))
  const edgeIds = selection.edgeIds.filter((id) => saga.edges.some((edge) => edge.id === id))
  const unchanged = sameIds(nodeIds, selection.nodeIds) && sameIds(edgeIds, selection.edgeIds)
  return unchanged ? selection : { sagaId: saga.id, nodeIds, edgeIds }
}

/** The way back as far as it still leads anywhere. */
function trailThere(document: Design, trail: readonly NodePlace[]): readonly NodePlace[] {
  const kept = trail.filter(({ sagaId, nodeId }) =>
    document.sagas.some(({ id, nodes }) => id === sagaId && nodes.some((node) => node.id === nodeId)),
  )
  return kept.length === trail.length ? trail : kept
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at])
