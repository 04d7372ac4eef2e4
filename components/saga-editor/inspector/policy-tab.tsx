'use client'
import { type Doer, doerOf } from '@/core/design/saga'
import { useNodeEdit } from './node-edit'
import { RetryFields } from './retry-fields'
import { TimeoutField } from './timeout-field'
import { useTechnicalErrors } from './use-technical-errors'

/** How long a step may take, and what is done when it fails for a technical reason. */
export function PolicyTab({ doer }: { readonly doer: Doer }) {
  const { change } = useNodeEdit()
  const known = useTechnicalErrors(doer.action)
  const retriable = doer.kind === 'retriable'
  return (
    <div className="flex flex-col gap-3 p-3">
      <TimeoutField
        value={doer.timeoutMs}
        commit={(value) =>
          change('timeout', (draft) => {
            const edited = doerOf(draft)
            if (value === null) delete edited?.timeoutMs
            else if (edited) edited.timeoutMs = value
          })
        }
      />
      <RetryFields
        rules={doer.retry}
        whenNone={
          retriable
            ? 'Without a rule: 20 attempts, then the saga waits for a person.'
            : 'Without a rule a technical failure is not retried.'
        }
        fresh={{ maxAttempts: retriable ? 20 : 3 }}
        known={known}
        onChange={(field, rules) =>
          change(field, (draft) => {
            const edited = doerOf(draft)
            if (rules === undefined) delete edited?.retry
            else if (edited) edited.retry = [...rules]
          })
        }
      />
    </div>
  )
}
