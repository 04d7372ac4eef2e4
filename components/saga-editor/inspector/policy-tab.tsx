'use client'
import type { StepNode } from '@/core/design/saga'
import { useNodeEdit } from './node-edit'
import { RetryFields } from './retry-fields'
import { TimeoutField } from './timeout-field'

/** How long a step may take, and what is done when it fails for a technical reason. */
export function PolicyTab({ node }: { readonly node: StepNode }) {
  const { change } = useNodeEdit()
  const retriable = node.kind === 'retriable'
  return (
    <div className="flex flex-col gap-3 p-3">
      <TimeoutField
        value={node.timeoutMs}
        commit={(value) =>
          change('timeout', (draft) => {
            if (draft.type !== 'step') return
            if (value === null) delete draft.timeoutMs
            else draft.timeoutMs = value
          })
        }
      />
      <RetryFields
        rules={node.retry}
        whenNone={
          retriable
            ? 'Without a rule: 20 attempts, then the saga waits for a person.'
            : 'Without a rule a technical failure is not retried.'
        }
        fresh={{ maxAttempts: retriable ? 20 : 3 }}
        onChange={(field, rules) =>
          change(field, (draft) => {
            if (draft.type !== 'step') return
            if (rules === undefined) delete draft.retry
            else draft.retry = [...rules]
          })
        }
      />
    </div>
  )
}
