'use client'
import { Field } from '@/components/ui/field'
import { NumberField } from '@/components/ui/number-field'
import { DESIGN_LIMITS } from '@/core/design/limits'
import type { Operation } from '@/core/design/service'
import { OptionalCodeField } from '../../fields/code-field'
import { HttpAddressField } from './http-address-field'
import { HttpBodyField } from './http-body-field'
import type { HttpPartProps } from './http-edit'
import { HttpHeadersField } from './http-headers-field'
import { HttpMappingField } from './http-mapping-field'
import { HttpStatusesField } from './http-statuses-field'

/** Everything of a real call: what is sent, and what its answers mean. */
export function HttpFields({ operation, ...part }: HttpPartProps & { readonly operation: Operation }) {
  const { http, path, change } = part
  return (
    <>
      <HttpAddressField {...part} />
      <HttpHeadersField {...part} />
      <HttpBodyField {...part} />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] items-start gap-4">
        <HttpStatusesField
          label="Expected statuses"
          description="A success; anything else is an error."
          value={http.expectStatuses}
          onChange={(statuses) =>
            change('expectStatuses', (draft) => {
              draft.expectStatuses = statuses
            })
          }
        />
        <Field label="Timeout" description="Of the call itself; empty: 30 s.">
          <NumberField
            value={http.timeoutMs ?? null}
            min={1}
            max={DESIGN_LIMITS.httpTimeoutMs}
            step={500}
            unit="ms"
            onValueChange={(ms) =>
              void change('timeoutMs', (draft) => {
                if (ms === null) delete draft.timeoutMs
                else draft.timeoutMs = Math.round(ms)
              })
            }
          />
        </Field>
        <Field label="Redirects" description="Followed at most; 0: none.">
          <NumberField
            value={http.redirects}
            required
            min={0}
            max={DESIGN_LIMITS.httpRedirects}
            step={1}
            onValueChange={(count) =>
              void change('redirects', (draft) => {
                draft.redirects = Math.round(count ?? 0)
              })
            }
          />
        </Field>
      </div>
      <HttpMappingField {...part} errors={operation.errors} />
      <OptionalCodeField
        label="result"
        description="(answer, input, ctx) => result, with answer { status, headers, body, text }; or return fail('ErrorName', 'why'). Without it the result is the answer's JSON."
        value={http.response}
        skeleton="(answer, input, ctx) => answer.body"
        commit={(code) =>
          change('response', (draft) => {
            draft.response = code
          })
        }
        onRemove={() => void change('response', (draft) => void delete draft.response)}
        path={[...path, 'response']}
      />
    </>
  )
}
