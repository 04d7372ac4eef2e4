'use client'
import { ArrowRight, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { Tooltip } from '@/components/ui/tooltip'
import { useCommands } from '@/components/workbench/commands-context'
import type { DesignPath } from '@/core/design/program'
import type { Saga, SagaNodeOf } from '@/core/design/saga'
import { runnableFrom } from '@/lib/commands/edits/saga-users'
import { emptySaga } from '@/lib/commands/edits/starters'
import { openSagaOf } from '@/lib/commands/open-saga'
import { useDesign, useDesignStore } from '@/lib/design-store/design-provider'
import { firstError, useNodeEdit, useProblemsAt } from './node-edit'

/** Which saga a node runs. */
export function SagaFields({ saga, node }: { readonly saga: Saga; readonly node: SagaNodeOf<'saga'> }) {
  const { path, change } = useNodeEdit()
  return (
    <SagaChoice
      within={saga}
      value={node.saga}
      path={[...path, 'saga']}
      onChoose={(id) =>
        change('saga', (draft) => {
          if (draft.type === 'saga') draft.saga = id
        })
      }
    />
  )
}

interface SagaChoiceProps {
  /** The saga that runs it: itself is not offered. */
  readonly within: Saga
  readonly value: string
  readonly path: DesignPath
  readonly onChoose: (id: string) => void
}

/** One of the design's other sagas, or a new one; and the way to it. */
export function SagaChoice({ within, value, path, onChoose }: SagaChoiceProps) {
  const store = useDesignStore()
  const { context } = useCommands()
  const nodeId = useDesign(({ selection }) => selection.nodeIds[0] ?? '')
  const sagas = useDesign(({ document }) => document.sagas)
  const error = firstError(useProblemsAt(path))
  // One that leads back here would never end.
  const others = useMemo(() => runnableFrom({ sagas }, within), [sagas, within])
  const isThere = sagas.some(({ id }) => id === value)
  const make = (): void => {
    const { edit, document } = store.getState()
    const made = emptySaga(document)
    if (edit('Add saga', (draft) => void draft.sagas.push(made)).ok) onChoose(made.id)
  }
  return (
    <>
      <Field
        label="Saga"
        error={error}
        description="Its input is this saga's data, or what the input expression makes of them."
        action={
          <Button size="sm" variant="ghost" icon={<Plus />} onClick={make}>
            New
          </Button>
        }
      >
        <Combobox
          value={value}
          placeholder={value}
          emptyText="This design has no other saga yet"
          options={others.map(({ id, name }) => ({ value: id, label: name ?? id }))}
          onValueChange={(id) => id !== null && onChoose(id)}
        />
      </Field>
      {isThere ? (
        <Tooltip content="Put it on the canvas" shortcut="O">
          <Button
            size="sm"
            icon={<ArrowRight />}
            className="self-start"
            onClick={() => openSagaOf(context, nodeId)}
          >
            Open this saga
          </Button>
        </Tooltip>
      ) : null}
    </>
  )
}
