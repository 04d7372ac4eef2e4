'use client'
import { nodeSchema, type SagaNode } from '@/core/design/saga'
import type { Json } from '@/core/json'
import { JsonField } from './code-fields'
import { useNodeEdit } from './node-edit'

/** Nodes that have no form of their own yet: all they say, as JSON. */
export function OtherFields({ node }: { readonly node: SagaNode }) {
  const { path, change } = useNodeEdit()
  return (
    <JsonField
      label="Node as JSON"
      description="All it says, as it stands in the document."
      path={path}
      value={node as Json}
      commit={(value) => {
        const parsed = nodeSchema.safeParse(value)
        if (!parsed.success)
          return parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ')
        if (parsed.data.id !== node.id || parsed.data.type !== node.type)
          return 'its id and type are not changed here'
        return change('node', (draft) => void Object.assign(draft, parsed.data))
      }}
    />
  )
}
