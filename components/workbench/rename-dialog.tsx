'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useDesign, useDesignStore } from '@/lib/design-store/design-provider'

export function RenameDialog({ onClose }: { readonly onClose: () => void }) {
  const edit = useDesign((state) => state.edit)
  const store = useDesignStore()
  const [name, setName] = useState(store.getState().document.name)
  const [error, setError] = useState<string>()
  const rename = (): void => {
    const done = edit('Rename design', (draft) => {
      draft.name = name.trim()
    })
    if (done.ok) onClose()
    else setError(done.error[0]?.message)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Rename design"
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={rename}>
            Rename
          </Button>
        </>
      }
    >
      <Field label="Name" error={error} required>
        <Input
          value={name}
          onValueChange={setName}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // or the menu's button, which has the keyboard again by then, takes the key as a press
            event.preventDefault()
            rename()
          }}
        />
      </Field>
    </Dialog>
  )
}
