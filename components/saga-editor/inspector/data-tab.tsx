'use client'
import type { SagaNodeOf, StepNode } from '@/core/design/saga'
import { CodeField } from './code-fields'
import { useNodeEdit } from './node-edit'

/** What a step picks from the saga's data, and what it gives back. */
export function DataTab({ node }: { readonly node: StepNode | SagaNodeOf<'saga'> }) {
  const { path, change } = useNodeEdit()
  const set = (field: 'input' | 'output', code: string | undefined): string | null =>
    change(field, (draft) => {
      if (draft.type !== 'step' && draft.type !== 'saga') return
      if (code === undefined) delete draft[field]
      else draft[field] = code
    })
  return (
    <div className="flex flex-col gap-3 p-3">
      <CodeField
        label="Input"
        description={`(data, ctx) => input; without it ${node.type === 'saga' ? 'the saga' : 'the action'} gets all the data`}
        path={[...path, 'input']}
        value={node.input}
        starter="(data, ctx) => data"
        commit={(code) => set('input', code)}
      />
      <CodeField
        label="Output"
        description="(result, data, ctx) => what to merge into the data; without it the result itself"
        path={[...path, 'output']}
        value={node.output}
        starter="(result, data, ctx) => result"
        commit={(code) => set('output', code)}
      />
    </div>
  )
}
