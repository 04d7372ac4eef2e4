'use client'
import type { SagaNodeOf } from '@/core/design/saga'
import { isJsonObject } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import { JsonField } from './code-fields'
import { useNodeEdit } from './node-edit'

/** What a run is started with: its schema, and an example that the start form begins with. */
export function StartFields({ node }: { readonly node: SagaNodeOf<'start'> }) {
  const { path, change } = useNodeEdit()
  const checked = checkAgainstSchema(node.inputSchema, node.inputExample)
  const misfit = checked.ok ? null : checked.error[0]
  return (
    <>
      <JsonField
        label="Input schema"
        description="JSON Schema. The start form is made from it."
        path={[...path, 'inputSchema']}
        value={node.inputSchema}
        commit={(value) =>
          isJsonObject(value)
            ? change('input schema', (draft) => {
                if (draft.type === 'start') draft.inputSchema = value
              })
            : 'a schema is an object'
        }
      />
      <JsonField
        label="Input example"
        description="What the start form begins with."
        path={[...path, 'inputExample']}
        value={node.inputExample}
        commit={(value) =>
          change('input example', (draft) => {
            if (draft.type === 'start') draft.inputExample = value
          })
        }
      />
      {misfit ? (
        <p role="status" className="text-xs text-state-unknown">
          The example does not fit its schema: {misfit.path.join('.') || 'it'} {misfit.message}
        </p>
      ) : null}
    </>
  )
}
