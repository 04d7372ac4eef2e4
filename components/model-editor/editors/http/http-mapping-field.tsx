'use client'
import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { HttpErrorMapping } from '@/core/design/http'
import type { OperationError } from '@/core/design/service'
import { useDesign } from '@/lib/design-store'
import { problemsUnder, problemText } from '../../fields/problems-at'
import { useDraft } from '../../fields/use-draft'
import { readStatuses } from '../../recipes/http-call'
import type { HttpPartProps } from './http-edit'

/** Which answers mean which error of the contract. */
export function HttpMappingField({
  http,
  path,
  change,
  errors,
}: HttpPartProps & { readonly errors: readonly OperationError[] }) {
  const [first] = errors
  const codePath = useDraft(http.errorCodePath, (text) =>
    change('errorCodePath', (draft) => {
      draft.errorCodePath = text
    }),
  )
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-sm border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">Answers that are errors</legend>
      <p className="text-xs text-subtle">
        The first that fits decides. Otherwise 408, 429 and 5xx are technical, and any other status that is
        not expected is business.
      </p>
      {http.errors.map((mapping, at) => (
        <MappingRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a mapping is known by its place: the first that fits decides
          key={at}
          at={at}
          mapping={mapping}
          errors={errors}
          path={path}
          change={(recipe) =>
            change(`errors ${at}`, (draft) => {
              const found = draft.errors[at]
              if (found) recipe(found)
            })
          }
          onRemove={() => void change('errors', (draft) => void draft.errors.splice(at, 1))}
        />
      ))}
      {http.errors.some(({ code }) => code !== undefined) ? (
        <Field
          label="Where the code stands"
          description="In the answer's JSON: code, error.type."
          error={codePath.error}
        >
          <Input mono value={codePath.text} onValueChange={codePath.change} />
        </Field>
      ) : null}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          disabled={first === undefined}
          onClick={() =>
            void change(
              'errors',
              (draft) => first && void draft.errors.push({ status: '4xx', error: first.name }),
            )
          }
        >
          Add answer
        </Button>
        {first === undefined ? (
          <span className="pl-2 text-xs text-subtle">Name an error above first.</span>
        ) : null}
      </div>
    </fieldset>
  )
}

interface MappingRowProps {
  readonly at: number
  readonly mapping: HttpErrorMapping
  readonly errors: readonly OperationError[]
  readonly path: HttpPartProps['path']
  readonly change: (recipe: (mapping: HttpErrorMapping) => void) => string | undefined
  readonly onRemove: () => void
}

function MappingRow({ at, mapping, errors, path, change, onRemove }: MappingRowProps) {
  const all = useDesign((state) => state.problems)
  const problem = problemText(problemsUnder(all, [...path, 'errors', at]))
  const status = useDraft(String(mapping.status), (text) => {
    const read = readStatuses(text)
    if ('wrong' in read) return read.wrong
    const [only, ...others] = read.value
    if (only === undefined || others.length > 0) return 'one status'
    return change((draft) => {
      draft.status = only
    })
  })
  const names = errors.map(({ name }) => name)
  return (
    <div className="flex items-start gap-2">
      <div className="w-24">
        <Field label={`Status ${at + 1}`} error={status.error}>
          <Input mono value={status.text} onValueChange={status.change} />
        </Field>
      </div>
      <div className="min-w-0 flex-1">
        <Field label={`Code ${at + 1}`}>
          <Input
            mono
            placeholder="any"
            value={mapping.code ?? ''}
            onValueChange={(code) =>
              void change((draft) => {
                if (code === '') delete draft.code
                else draft.code = code
              })
            }
          />
        </Field>
      </div>
      <div className="min-w-0 flex-1">
        <Field label={`Means ${at + 1}`} error={problem}>
          <Select
            value={mapping.error}
            placeholder={mapping.error}
            onValueChange={(error) =>
              void change((draft) => {
                draft.error = error
              })
            }
            options={(names.includes(mapping.error) ? names : [mapping.error, ...names]).map((name) => ({
              value: name,
              label: name,
            }))}
          />
        </Field>
      </div>
      <div className="pt-6">
        <IconButton label={`Remove answer ${at + 1}`} onClick={onRemove}>
          <X />
        </IconButton>
      </div>
    </div>
  )
}
