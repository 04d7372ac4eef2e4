'use client'
import { Plus, X } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import type { HttpCall } from '@/core/design/http'
import { useDesign } from '@/lib/design-store'
import { CodeField } from '../../fields/code-field'
import { problemsUnder, problemText } from '../../fields/problems-at'
import type { HttpPartProps } from './http-edit'

/** Headers of the request, one a line, or a function that gives them. */
export function HttpHeadersField({ http, path, change }: HttpPartProps) {
  const { headers } = http
  if (headers?.type === 'code') {
    return (
      <CodeField
        label="Headers"
        description="(input, ctx) => ({ name: value }); one that is null is left out"
        value={headers.code}
        path={[...path, 'headers', 'code']}
        minHeight={44}
        commit={(code) =>
          change('headers', (draft) => {
            draft.headers = { type: 'code', code }
          })
        }
        onRemove={() => void change('headers type', (draft) => void delete draft.headers)}
      />
    )
  }
  const fields = headers?.fields ?? []
  const inFields = (field: string, recipe: (list: { name: string; value: string }[]) => void) =>
    void change(field, (draft) => {
      const list = draft.headers?.type === 'fixed' ? [...draft.headers.fields.map((one) => ({ ...one }))] : []
      recipe(list)
      if (list.length === 0) delete draft.headers
      else draft.headers = { type: 'fixed', fields: list }
    })
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded-sm border border-line p-3">
      <legend className="px-1 text-xs font-medium text-muted">Headers</legend>
      <p className="text-xs text-subtle">
        Idempotency-Key, Content-Type and User-Agent are sent by themselves. What stands here is part of the
        design: keep secrets out of it.
      </p>
      {fields.map(({ name, value }, at) => (
        <HeaderRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a header is known by its place: its name is being typed
          key={at}
          at={at}
          name={name}
          value={value}
          path={path}
          onChange={(next) => inFields(`headers ${at}`, (list) => void list.splice(at, 1, next))}
          onRemove={() => inFields('headers', (list) => void list.splice(at, 1))}
        />
      ))}
      <div className="flex gap-2">
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          onClick={() => inFields('headers', (list) => void list.push({ name: freeName(list), value: '' }))}
        >
          Add header
        </Button>
        <Button
          size="sm"
          variant="ghost"
          onClick={() =>
            void change('headers type', (draft) => {
              draft.headers = { type: 'code', code: headersAsCode(draft) }
            })
          }
        >
          Write a function
        </Button>
      </div>
    </fieldset>
  )
}

/** A name that no other header has, to be written over. */
function freeName(fields: readonly { readonly name: string }[]): string {
  const taken = new Set(fields.map(({ name }) => name.toLowerCase()))
  for (let at = fields.length + 1; ; at += 1) if (!taken.has(`x-header-${at}`)) return `x-header-${at}`
}

function headersAsCode({ headers }: HttpCall): string {
  const fields = headers?.type === 'fixed' ? headers.fields : []
  const lines = fields.map(({ name, value }) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
  return `(input, ctx) => ({\n${lines.join('')}})`
}

interface HeaderRowProps {
  readonly at: number
  readonly name: string
  readonly value: string
  readonly path: HttpPartProps['path']
  readonly onChange: (next: { name: string; value: string }) => void
  readonly onRemove: () => void
}

function HeaderRow({ at, name, value, path, onChange, onRemove }: HeaderRowProps) {
  const all = useDesign((state) => state.problems)
  const error = problemText(problemsUnder(all, [...path, 'headers', 'fields', at]))
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field label={`Header ${at + 1}`} error={error}>
          <Input mono value={name} onValueChange={(next) => onChange({ name: next, value })} />
        </Field>
      </div>
      <div className="min-w-0 flex-[2] pt-6">
        <Input
          mono
          aria-label={`Value of header ${at + 1}`}
          value={value}
          onValueChange={(next) => onChange({ name, value: next })}
        />
      </div>
      <div className="pt-6">
        <IconButton label={`Remove header ${at + 1}`} onClick={onRemove}>
          <X />
        </IconButton>
      </div>
    </div>
  )
}
