'use client'
import { Check, Plus, Trash2, Workflow } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu } from '@/components/ui/menu'
import { usersOf } from '@/lib/commands/edits/saga-users'
import { emptySaga } from '@/lib/commands/edits/starters'
import { useCurrentSaga, useDesign, useDesignStore } from '@/lib/design-store/design-provider'
import { removeFromScenarios } from '@/lib/scenarios/follow'

/** The sagas of a design: which is on the canvas, another, one fewer. Renaming is in the inspector. */
export function SagaSwitcher() {
  const store = useDesignStore()
  const sagas = useDesign(({ document }) => document.sagas)
  const saga = useCurrentSaga()
  const [deleting, setDeleting] = useState(false)
  const users = useDesign(({ document }) => (deleting && saga ? usersOf(document, saga.id).join('\n') : ''))
    .split('\n')
    .filter((user) => user !== '')
  const { edit, setSaga } = store.getState()
  const add = (): void => {
    const made = emptySaga(store.getState().document)
    if (edit('Add saga', (draft) => void draft.sagas.push(made)).ok) setSaga(made.id)
  }
  const removeSaga = (): void => {
    if (!saga) return
    edit('Delete saga', (draft) => {
      removeFromScenarios(draft, { kind: 'saga', id: saga.id })
      draft.sagas = draft.sagas.filter(({ id }) => id !== saga.id)
      delete draft.layout.sagas[saga.id]
    })
  }
  return (
    <div className="shrink-0 border-t p-2">
      <Menu
        trigger={
          <Button
            variant="ghost"
            icon={<Workflow />}
            className="w-full !justify-start"
            aria-label={`Saga: ${saga ? (saga.name ?? saga.id) : 'none'}`}
          >
            <span className="min-w-0 flex-1 truncate text-left">
              {saga ? (saga.name ?? saga.id) : 'No saga yet'}
            </span>
            <span className="text-xs font-normal text-subtle">
              {saga && sagas.length > 1 ? `${sagas.indexOf(saga) + 1} of ${sagas.length}` : ''}
            </span>
          </Button>
        }
        items={[
          { kind: 'heading', id: 'heading', label: 'Sagas of this design' },
          ...sagas.map((each) => ({
            id: each.id,
            label: each.name ?? each.id,
            icon: each.id === saga?.id ? <Check /> : <Workflow />,
            onSelect: () => setSaga(each.id),
          })),
          { kind: 'separator', id: 'separator' },
          { id: '+add', label: 'New saga', icon: <Plus />, onSelect: add },
          ...(saga
            ? [
                {
                  id: '+delete',
                  label: 'Delete this saga…',
                  icon: <Trash2 />,
                  danger: true,
                  onSelect: () => setDeleting(true),
                },
              ]
            : []),
        ]}
      />
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete "${saga?.name ?? saga?.id}"?`}
        description={
          users.length === 0
            ? 'Its runs stay. Undo brings it back.'
            : `It is used by ${users.join(', ')}: without it ${users.length === 1 ? 'that' : 'those'} cannot run. Its own runs stay. Undo brings it back.`
        }
        confirmLabel="Delete saga"
        tone="danger"
        onConfirm={removeSaga}
      />
    </div>
  )
}
