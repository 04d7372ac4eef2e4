'use client'
import { Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useDesign } from '@/lib/design-store'
import { useModelEdit } from '../fields/use-model-edit'
import { removeTarget, scenariosGoneWith } from '../recipes/remove-target'
import type { ModelTarget } from '../recipes/target'
import { usagesOf } from '../recipes/usages'

export interface EditorFrameProps {
  readonly target: ModelTarget
  /** "Command of Order". */
  readonly what: string
  readonly title: string
  readonly children: ReactNode
  readonly onRemoved: () => void
  /** The fields alone. */
  readonly bare: boolean
}

/** The heading of a definition, its way out, and its fields. */
export function EditorFrame({ target, what, title, children, onRemoved, bare }: EditorFrameProps) {
  const [asking, setAsking] = useState(false)
  const design = useDesign((state) => state.document)
  const edit = useModelEdit()
  const uses = asking ? usagesOf(design, target) : []
  const gone = asking ? scenariosGoneWith(design, target) : []
  const remove = () => {
    onRemoved()
    edit(`Delete ${title}`, (draft) => removeTarget(draft, target))
  }
  if (bare) return <div className="flex flex-col gap-4 p-3">{children}</div>
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-[760px] flex-col gap-4 px-6 py-5">
        <header className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            <p className="text-xs text-subtle">{what}</p>
            <h2 className="truncate text-lg font-semibold">{title}</h2>
          </div>
          <Button
            size="sm"
            variant="ghost"
            icon={<Trash2 aria-hidden size={14} />}
            // a definition nobody uses goes at once: undo brings it back
            onClick={() =>
              usagesOf(design, target).length + scenariosGoneWith(design, target).length > 0
                ? setAsking(true)
                : remove()
            }
          >
            Delete
          </Button>
        </header>
        {children}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${title}?`}
        description={
          <>
            <Named title="What uses it will be marked as a problem until it is changed:" names={uses} />
            <Named title="Its scenarios go with it:" names={gone} />
          </>
        }
        confirmLabel="Delete"
        onConfirm={remove}
      />
    </div>
  )
}

function Named({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <div className="pb-2">
      <p>{title}</p>
      <ul className="list-disc pt-2 pl-4">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </div>
  )
}
