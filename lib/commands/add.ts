import { doerOf, type SagaNode } from '@/core/design/saga'
import { type Command, type CommandContext, currentSaga, onlyNode, show } from './command'
import { addNode, type Placement, placementFor } from './edits/add-node'
import { newCompensation, newNode, PALETTE, type PaletteItem, type PaletteKind } from './edits/new-node'
import { placesOf, sagaOf } from './edits/saga-draft'
import { runnableFrom } from './edits/saga-users'
import { emptySaga } from './edits/starters'

/** Puts a new node on the canvas: where it is said, else where it fits the selection best. */
export function addToCanvas(context: CommandContext, kind: PaletteKind, placement?: Placement): void {
  const saga = currentSaga(context)
  if (!saga) return
  const { design, ui } = context
  const node = newNode(saga, kind, design().document)
  const where = placement ?? placementFor(saga, design().selection, ui.canvas()?.centre() ?? { x: 0, y: 0 })
  const now = ui.positions()
  const done = design().edit(`Add ${kind}`, (draft) => {
    // Places that were only worked out become real: what is there must not jump when something is added.
    const places = placesOf(draft, saga.id)
    for (const { id } of saga.nodes) places[id] ??= now[id] ?? { x: 0, y: 0 }
    // A saga needs another one to run: where there is none, an empty one comes with it.
    const alone = node.type === 'saga' && runnableFrom(draft, saga).length === 0
    const made = alone ? emptySaga(draft) : null
    if (made) draft.sagas.push(made)
    addNode(draft, saga.id, made && node.type === 'saga' ? { ...node, saga: made.id } : node, where)
  })
  if (done.ok) show(context, node.id)
  else ui.refuse('It cannot be added', done.error[0]?.message)
}

/** Gives a step its compensation, or says why it has none. */
export function addCompensation(context: CommandContext, nodeId: string): void {
  const { design, ui } = context
  const saga = currentSaga(context)
  const node = saga?.nodes.find(({ id }) => id === nodeId)
  if (!saga || !node) return
  const refusal = notCompensated(node)
  if (refusal) {
    ui.refuse(...refusal)
    return
  }
  design().edit('Add compensation', (draft) => {
    const step = sagaOf(draft, saga.id)?.nodes.find(({ id }) => id === nodeId)
    const doer = step && doerOf(step)
    if (doer) doer.compensation = newCompensation(draft, doer.action)
  })
  design().select([nodeId])
}

/** Why a node cannot be given a compensation; null when it can. */
function notCompensated(node: SagaNode): readonly [title: string, why: string] | null {
  const name = node.name ?? node.id
  const doer = doerOf(node)
  if (!doer) return ['Only a step is compensated', `"${name}" does nothing that could be undone.`]
  if (doer.compensation) return ['It has a compensation', `"${name}" is undone already.`]
  const { kind = 'compensatable' } = doer
  if (kind === 'compensatable') return null
  return [`A ${kind} step is not compensated`, 'Once it has succeeded the saga only goes forward.']
}

/** Adds whatever the palette calls by that name. */
export function addItem(context: CommandContext, item: PaletteItem, placement?: Placement): void {
  const node = onlyNode(context)
  if (item !== 'compensation') addToCanvas(context, item, placement)
  else if (node) addCompensation(context, node.id)
  else context.ui.refuse('Select a step first', 'A compensation belongs to one step.')
}

const canBeUndone = (node: SagaNode | null | undefined): boolean => !!node && doerOf(node) !== null

export const adds: readonly Command[] = PALETTE.map(({ item, title }) => ({
  id: `add-${item}`,
  title: `Add ${title.toLowerCase()}`,
  group: 'Add',
  scope: 'canvas',
  when: (context) =>
    currentSaga(context) !== null && (item !== 'compensation' || canBeUndone(onlyNode(context))),
  run: (context) => addItem(context, item),
}))
