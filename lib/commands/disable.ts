import { type Command, hasNodes } from './command'
import { sagaOf } from './edits/saga-draft'

/** A disabled node is passed over in a run; start and ends are not disabled. */
export const disable: Command = {
  id: 'disable',
  title: 'Disable or enable',
  group: 'Edit',
  shortcuts: ['D'],
  scope: 'canvas',
  when: hasNodes,
  run: ({ design }) => {
    const { sagaId, nodeIds } = design().selection
    if (sagaId === null) return
    design().edit('Disable or enable', (draft) => {
      const nodes = sagaOf(draft, sagaId)?.nodes.filter(
        ({ id, type }) => nodeIds.includes(id) && type !== 'start' && type !== 'end',
      )
      const disabled = nodes?.some((node) => !node.disabled) ?? false
      for (const node of nodes ?? []) {
        if (disabled) node.disabled = true
        else delete node.disabled
      }
    })
  },
}
