'use client'
import { durationWords } from '@/components/saga-graph/node-words'
import type { SagaNodeOf } from '@/core/design/saga'
import { CheckedNumberField } from './checked-number-field'
import { CodeField } from './code-fields'
import { TextField } from './fields'
import { useNodeEdit } from './node-edit'

export function WaitFields({ node }: { readonly node: SagaNodeOf<'wait'> }) {
  const { path, change } = useNodeEdit()
  return (
    <>
      <CheckedNumberField
        label="Duration"
        unit="ms"
        min={0}
        value={node.durationMs}
        placeholder="none"
        description={node.durationMs === undefined ? 'Or a time, below.' : durationWords(node.durationMs)}
        commit={(value) =>
          change('duration', (draft) => {
            if (draft.type !== 'wait') return
            if (value === null) delete draft.durationMs
            else draft.durationMs = value
          })
        }
      />
      <CodeField
        label="Until"
        description="(data, ctx) => epoch ms; instead of a duration"
        path={[...path, 'until']}
        value={node.until}
        starter="(data, ctx) => ctx.at + 60_000"
        commit={(code) =>
          change('until', (draft) => {
            if (draft.type !== 'wait') return
            if (code === undefined) delete draft.until
            else draft.until = code
          })
        }
      />
    </>
  )
}

export function FailFields({ node }: { readonly node: SagaNodeOf<'fail'> }) {
  const { path, change } = useNodeEdit()
  return (
    <>
      <TextField
        label="Error"
        mono
        required
        value={node.error}
        path={[...path, 'error']}
        description="The name the saga fails with."
        commit={(text) =>
          change('error', (draft) => {
            if (draft.type === 'fail') draft.error = text
          })
        }
      />
      <TextField
        label="Message"
        value={node.message ?? ''}
        rows={2}
        path={[...path, 'message']}
        commit={(text) =>
          change('message', (draft) => {
            if (draft.type !== 'fail') return
            if (text === '') delete draft.message
            else draft.message = text
          })
        }
      />
    </>
  )
}
