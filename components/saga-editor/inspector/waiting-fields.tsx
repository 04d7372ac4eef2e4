'use client'
import { durationWords } from '@/components/saga-graph/node-words'
import { initialValue } from '@/components/schema-form/initial-value'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { SagaNodeOf } from '@/core/design/saga'
import { isJsonObject } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { CheckedNumberField } from './checked-number-field'
import { JsonField } from './code-fields'
import { TextField } from './fields'
import { useNodeEdit } from './node-edit'

type Waiting = SagaNodeOf<'approval'> | SagaNodeOf<'signal'>

const WAYS = [
  { value: 'fail', label: 'Fails the saga' },
  { value: 'continue', label: 'Goes on' },
] as const

export function ApprovalFields({ node }: { readonly node: SagaNodeOf<'approval'> }) {
  const { path, change } = useNodeEdit()
  return (
    <>
      <TextField
        label="Question"
        value={node.message ?? ''}
        rows={2}
        path={[...path, 'message']}
        description="What the person is asked. The decision is merged under this node's id."
        commit={(text) =>
          change('question', (draft) => {
            if (draft.type !== 'approval') return
            if (text === '') delete draft.message
            else draft.message = text
          })
        }
      />
      <Field label="When the answer is no">
        <SegmentedControl
          ariaLabel="When the answer is no"
          value={node.onReject ?? 'fail'}
          options={WAYS}
          onValueChange={(way) =>
            change('no', (draft) => {
              if (draft.type === 'approval') draft.onReject = way
            })
          }
        />
      </Field>
      <ExpiryFields node={node} />
    </>
  )
}

export function SignalFields({ node }: { readonly node: SagaNodeOf<'signal'> }) {
  const { path, change } = useNodeEdit()
  return (
    <>
      <TextField
        label="Signal"
        mono
        required
        value={node.signal}
        path={[...path, 'signal']}
        description="The name it comes under. One that comes early is kept."
        commit={(text) =>
          change('signal', (draft) => {
            if (draft.type === 'signal') draft.signal = text
          })
        }
      />
      <JsonField
        label="Data schema"
        description="JSON Schema of what comes with it, which is merged into the data."
        path={[...path, 'schema']}
        value={node.schema}
        commit={(value) =>
          isJsonObject(value)
            ? change('schema', (draft) => {
                if (draft.type === 'signal') draft.schema = value
              })
            : 'a schema is an object'
        }
      />
      <ExampleField node={node} />
      <ExpiryFields node={node} />
    </>
  )
}

/** The schema's own first example: what the form that sends the signal begins with. */
function ExampleField({ node }: { readonly node: SagaNodeOf<'signal'> }) {
  const { path, change } = useNodeEdit()
  const example = initialValue(node.schema)
  const checked = checkAgainstSchema(node.schema, example)
  const misfit = checked.ok ? null : checked.error[0]
  return (
    <>
      <JsonField
        label="Data example"
        description="What the form that sends it begins with."
        path={[...path, 'schema', 'examples', 0]}
        value={example}
        commit={(value) =>
          change('example', (draft) => {
            if (draft.type !== 'signal') return
            // a default is begun with before any example
            const where = draft.schema.default === undefined ? 'examples' : 'default'
            draft.schema = { ...draft.schema, [where]: where === 'examples' ? [value] : value }
          })
        }
      />
      {misfit ? (
        <p role="status" className="text-state-unknown text-xs">
          The example does not fit the schema: {misfit.path.join('.') || 'it'} {misfit.message}
        </p>
      ) : null}
    </>
  )
}

function ExpiryFields({ node }: { readonly node: Waiting }) {
  const { change } = useNodeEdit()
  return (
    <>
      <CheckedNumberField
        label="Waits at most"
        unit="ms"
        min={1}
        placeholder="for ever"
        value={node.timeoutMs}
        description={node.timeoutMs === undefined ? 'Empty waits for ever.' : durationWords(node.timeoutMs)}
        commit={(value) =>
          change('timeout', (draft) => {
            if (draft.type !== 'approval' && draft.type !== 'signal') return
            if (value === null) delete draft.timeoutMs
            else draft.timeoutMs = value
          })
        }
      />
      {node.timeoutMs === undefined ? null : (
        <Field label="When nothing came">
          <SegmentedControl
            ariaLabel="When nothing came"
            value={node.onTimeout ?? 'fail'}
            options={WAYS}
            onValueChange={(way) =>
              change('when nothing came', (draft) => {
                if (draft.type === 'approval' || draft.type === 'signal') draft.onTimeout = way
              })
            }
          />
        </Field>
      )}
    </>
  )
}
