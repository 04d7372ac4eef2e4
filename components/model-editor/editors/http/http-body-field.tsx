'use client'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { HttpBody } from '@/core/design/http'
import { CodeField } from '../../fields/code-field'
import type { HttpPartProps } from './http-edit'

type Choice = 'method' | HttpBody['type']

/** What is sent in the request. */
export function HttpBodyField({ http, path, change }: HttpPartProps) {
  const { body, method } = http
  const sends = method === 'GET' || method === 'DELETE' ? 'nothing' : 'the input'
  const become = (choice: Choice) =>
    void change('body type', (draft) => {
      if (choice === 'method') delete draft.body
      else if (choice === 'code') draft.body = { type: 'code', code: '(input, ctx) => input' }
      else draft.body = { type: choice }
    })
  return (
    <>
      <Field label="Body">
        <Select<Choice>
          value={body?.type ?? 'method'}
          onValueChange={(choice) => choice !== (body?.type ?? 'method') && become(choice)}
          options={[
            { value: 'method', label: `As ${method} does: ${sends}` },
            { value: 'input', label: 'The input, as JSON' },
            { value: 'none', label: 'Nothing' },
            { value: 'code', label: 'A function of the input' },
          ]}
        />
      </Field>
      {body?.type === 'code' ? (
        <CodeField
          label="Body function"
          description="(input, ctx) => body, sent as JSON; null sends nothing"
          value={body.code}
          path={[...path, 'body', 'code']}
          minHeight={44}
          commit={(code) =>
            change('body', (draft) => {
              draft.body = { type: 'code', code }
            })
          }
        />
      ) : null}
    </>
  )
}
