'use client'
import type { Service } from '@/core/design/service'
import { useDesign } from '@/lib/design-store'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inService, setText } from '../recipes/find'
import { renameService } from '../recipes/rename-service'

export interface ServiceEditorProps {
  readonly service: Service
  readonly onRenamed: (id: string) => void
}

export function ServiceEditor({ service, onRenamed }: ServiceEditorProps) {
  const edit = useModelEdit()
  const all = useDesign((state) => state.document.services)
  const { id } = service
  const change = (field: string, recipe: (service: Service) => void) =>
    edit(`Change ${id}`, inService(id, recipe), `${id}.${field}`)
  return (
    <>
      <p className="text-sm text-muted">
        Its operations are simulated, and answer, fail and dawdle as you say; or they are really called, over
        HTTP. Choose one on the left, or add one.
      </p>
      <TextField
        label="Name"
        value={service.name ?? ''}
        placeholder={id}
        commit={(text) => change('name', (draft) => setText(draft, 'name', text))}
      />
      <TextField
        label="Description"
        long
        value={service.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
      <NameField
        label="Id"
        kind="id"
        value={id}
        taken={all.map((other) => other.id)}
        description="Renaming it renames the calls to it."
        onRename={(next) => {
          const refused = edit(`Rename ${id}`, (draft) => renameService(draft, id, next))
          if (refused === undefined) onRenamed(next)
          return refused
        }}
      />
    </>
  )
}
