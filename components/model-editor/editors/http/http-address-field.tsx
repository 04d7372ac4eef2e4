'use client'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { HttpCall } from '@/core/design/http'
import { useDesign } from '@/lib/design-store'
import { CodeField } from '../../fields/code-field'
import { problemsUnder, problemText } from '../../fields/problems-at'
import { useDraft } from '../../fields/use-draft'
import { newHttpCall, templateAsCode } from '../../recipes/http-call'
import type { HttpPartProps } from './http-edit'

const METHODS: readonly HttpCall['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Where the request goes, and how. */
export function HttpAddressField(part: HttpPartProps) {
  const { http, path, change } = part
  const { url } = http
  return (
    <div className="grid grid-cols-[7rem_1fr] items-start gap-4">
      <Field label="Method">
        <Select
          value={http.method}
          onValueChange={(method) =>
            void change('method', (draft) => {
              draft.method = method
            })
          }
          options={METHODS.map((method) => ({ value: method, label: method }))}
        />
      </Field>
      {url.type === 'template' ? (
        <TemplateField {...part} template={url.template} />
      ) : (
        <CodeField
          label="Address"
          description="(input, ctx) => url"
          value={url.code}
          path={[...path, 'url', 'code']}
          minHeight={44}
          commit={(code) =>
            change('url', (draft) => {
              draft.url = { type: 'code', code }
            })
          }
          onRemove={() =>
            void change('url type', (draft) => {
              draft.url = newHttpCall().url
            })
          }
        />
      )}
    </div>
  )
}

function TemplateField({ path, change, template }: HttpPartProps & { readonly template: string }) {
  const draft = useDraft(template, (text) =>
    change('url', (http) => {
      http.url = { type: 'template', template: text }
    }),
  )
  const all = useDesign((state) => state.problems)
  return (
    <Field
      label="Address"
      description="{order.id} is taken from the input and percent-encoded."
      error={draft.error ?? problemText(problemsUnder(all, [...path, 'url', 'template']))}
      action={
        <div className="-my-0.5">
          <Button
            size="sm"
            variant="ghost"
            onClick={() =>
              void change('url type', (http) => {
                http.url = { type: 'code', code: templateAsCode(template) }
              })
            }
          >
            Write a function
          </Button>
        </div>
      }
    >
      <Input
        mono
        value={draft.text}
        onValueChange={draft.change}
        placeholder="https://shop.example/orders/{id}"
      />
    </Field>
  )
}
