'use client'
import { Plus, RotateCcw, Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { useCommands } from '@/components/workbench/commands-context'
import { type Compensation, type Doer, doerOf, type SagaNode } from '@/core/design/saga'
import { addCompensation } from '@/lib/commands/add'
import { ActionFields } from './action-fields'
import { CodeField } from './code-fields'
import { TextField } from './fields'
import { doerPath, useNodeEdit } from './node-edit'
import { RetryFields } from './retry-fields'
import { TimeoutField } from './timeout-field'
import { useTechnicalErrors } from './use-technical-errors'

/** How a step is undone. */
export function CompensationTab({ node, doer }: { readonly node: SagaNode; readonly doer: Doer }) {
  const { context } = useCommands()
  const { path, change } = useNodeEdit()
  const { compensation, kind = 'compensatable' } = doer
  const known = useTechnicalErrors(compensation?.action)
  if (!compensation) {
    const words =
      kind === 'compensatable'
        ? 'When the saga fails after this step, nothing takes back what it did.'
        : `A ${kind} step is not undone: once it has succeeded the saga only goes forward.`
    return (
      <EmptyState
        compact
        icon={<RotateCcw />}
        title="No compensation"
        description={words}
        actions={
          kind === 'compensatable' ? (
            <Button variant="primary" icon={<Plus />} onClick={() => addCompensation(context, node.id)}>
              Add compensation
            </Button>
          ) : null
        }
      />
    )
  }
  const within = (field: string, recipe: (draft: Compensation) => void): string | null =>
    change(`compensation ${field}`, (draft) => {
      const undone = doerOf(draft)?.compensation
      if (undone) recipe(undone)
    })
  const own = [...path, ...doerPath(node), 'compensation']
  return (
    <div className="flex flex-col gap-3 p-3">
      <TextField
        label="Compensation name"
        value={compensation.name ?? ''}
        placeholder="What it does: Release stock"
        path={[...own, 'name']}
        commit={(text) =>
          within('name', (draft) => {
            if (text === '') delete draft.name
            else draft.name = text
          })
        }
      />
      <ActionFields
        action={compensation.action}
        path={[...own, 'action']}
        onChange={(field, recipe) =>
          within(field, (draft) => {
            draft.action = recipe(draft.action)
          })
        }
      />
      <CodeField
        label="Input of the compensation"
        description="({ input, output, error, data }, ctx) => input; output is null when the outcome is unknown"
        path={[...own, 'input']}
        value={compensation.input}
        starter="({ output }) => output"
        commit={(code) =>
          within('input', (draft) => {
            if (code === undefined) delete draft.input
            else draft.input = code
          })
        }
      />
      <TimeoutField
        value={compensation.timeoutMs}
        commit={(value) =>
          within('timeout', (draft) => {
            if (value === null) delete draft.timeoutMs
            else draft.timeoutMs = value
          })
        }
      />
      <RetryFields
        rules={compensation.retry}
        whenNone="Without a rule: 5 attempts, 1 s and doubling."
        fresh={{ maxAttempts: 5 }}
        known={known}
        onChange={(field, rules) =>
          within(field, (draft) => {
            if (rules === undefined) delete draft.retry
            else draft.retry = [...rules]
          })
        }
      />
      <Button
        size="sm"
        variant="ghost"
        icon={<Trash2 />}
        className="self-start"
        onClick={() =>
          change('compensation', (draft) => {
            delete doerOf(draft)?.compensation
          })
        }
      >
        Remove compensation
      </Button>
    </div>
  )
}
