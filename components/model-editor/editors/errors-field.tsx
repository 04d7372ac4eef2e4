'use client'
import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { NumberField } from '@/components/ui/number-field'
import { Select } from '@/components/ui/select'
import type { Operation } from '@/core/design/service'
import { NameField } from '../fields/name-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inOperation } from '../recipes/find'
import { renameOperationError } from '../recipes/rename-service'
import { freeName } from '../recipes/skeletons'

export interface ErrorsFieldProps {
  readonly service: string
  readonly operation: Operation
}

/** The errors an operation's contract names, and how often each happens by itself where it is simulated. */
export function ErrorsField({ service, operation }: ErrorsFieldProps) {
  const edit = useModelEdit()
  const change = (recipe: (draft: Operation) => void, mergeKey?: string) =>
    void edit(`Change errors of ${operation.id}`, inOperation(service, operation.id, recipe), mergeKey)
  const names = operation.errors.map(({ name }) => name)
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-sm border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">Errors</legend>
      {operation.errors.length === 0 ? (
        <p className="text-xs text-subtle">
          {operation.http
            ? 'Name the errors that its answers may mean.'
            : 'It always answers. Name an error, and steps can fail on it.'}
        </p>
      ) : null}
      {operation.errors.map((error, at) => (
        <div key={error.name} className="flex flex-wrap items-end gap-2">
          <div className="min-w-0 flex-1 basis-44">
            <NameField
              label="Error"
              kind="type"
              value={error.name}
              taken={names}
              onRename={(next) =>
                edit(`Rename ${error.name}`, (draft) =>
                  renameOperationError(draft, service, operation.id, error.name, next),
                )
              }
            />
          </div>
          <div className="w-32">
            <Select
              ariaLabel={`Kind of ${error.name}`}
              value={error.kind}
              onValueChange={(kind) =>
                change((draft) => {
                  const found = draft.errors[at]
                  if (found) found.kind = kind
                })
              }
              options={[
                { value: 'business', label: 'Business', description: 'An answer: never retried' },
                { value: 'technical', label: 'Technical', description: 'Retried by the policy' },
              ]}
            />
          </div>
          {operation.http ? null : (
            <div className="w-32">
              <NumberField
                ariaLabel={`Probability of ${error.name} in percent`}
                value={Math.round(error.probability * 1000) / 10}
                required
                min={0}
                max={100}
                step={5}
                unit="%"
                onValueChange={(percent) =>
                  change((draft) => {
                    const found = draft.errors[at]
                    if (found) found.probability = Math.min(Math.max((percent ?? 0) / 100, 0), 1)
                  }, `${operation.id}.${error.name}.probability`)
                }
              />
            </div>
          )}
          <div>
            <IconButton
              label={`Remove ${error.name}`}
              onClick={() => change((draft) => void draft.errors.splice(at, 1))}
            >
              <X />
            </IconButton>
          </div>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          onClick={() =>
            change(
              (draft) =>
                void draft.errors.push({
                  name: freeName('Refused', names),
                  kind: 'business',
                  probability: 0,
                }),
            )
          }
        >
          Add error
        </Button>
      </div>
    </fieldset>
  )
}
