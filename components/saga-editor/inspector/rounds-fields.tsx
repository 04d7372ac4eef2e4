'use client'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import type { Body, Saga, SagaNodeOf } from '@/core/design/saga'
import type { RoundsNode } from '@/core/saga'
import { runnableFrom } from '@/lib/commands/edits/saga-users'
import { useDesign } from '@/lib/design-store/design-provider'
import { ActionFields } from './action-fields'
import { CheckedNumberField } from './checked-number-field'
import { CodeField } from './code-fields'
import { useNodeEdit } from './node-edit'
import { SagaChoice } from './saga-fields'

const BODIES = [
  { value: 'step', label: 'A step' },
  { value: 'saga', label: 'A saga' },
] as const

/** A round is no pivot: others follow it, and may fail. */
const BODY_KINDS = [
  { value: 'compensatable', label: 'Compensatable', description: 'Undone when the saga fails' },
  { value: 'retriable', label: 'Retriable', description: 'Tried until it works, 20 times' },
] as const

/** What a map goes through or a loop waits for, and what it does in each round. */
export function RoundsFields({ saga, node }: { readonly saga: Saga; readonly node: RoundsNode }) {
  const { path, change } = useNodeEdit()
  const sagas = useDesign(({ document }) => document.sagas)
  const { body } = node
  const inBody = (field: string, recipe: (draft: Body) => Body): string | null =>
    change(field, (draft) => {
      if (draft.type === 'map' || draft.type === 'loop') draft.body = recipe(draft.body)
    })
  const become = (type: Body['type']): void => {
    if (type === body.type) return
    const [other] = runnableFrom({ sagas }, saga)
    inBody('body', () =>
      type === 'saga'
        ? { type, saga: other?.id ?? 'another-saga' }
        : { type, action: { type: 'script', code: '(input) => ({})' } },
    )
  }
  return (
    <>
      {node.type === 'map' ? <MapFields node={node} /> : <LoopFields node={node} />}
      <Field label="Each round does">
        <SegmentedControl
          ariaLabel="Each round does"
          value={body.type}
          options={BODIES}
          onValueChange={become}
        />
      </Field>
      {body.type === 'saga' ? (
        <SagaChoice
          within={saga}
          value={body.saga}
          path={[...path, 'body', 'saga']}
          onChoose={(id) => inBody('saga', (now) => (now.type === 'saga' ? { ...now, saga: id } : now))}
        />
      ) : (
        <>
          <Field label="Kind of each round">
            <Select
              value={body.kind ?? 'compensatable'}
              options={BODY_KINDS}
              onValueChange={(kind) =>
                inBody('kind', (now) => (now.type === 'step' ? { ...now, kind } : now))
              }
            />
          </Field>
          <ActionFields
            action={body.action}
            path={[...path, 'body', 'action']}
            onChange={(field, recipe) =>
              inBody(field, (now) => (now.type === 'step' ? { ...now, action: recipe(now.action) } : now))
            }
          />
        </>
      )}
    </>
  )
}

function MapFields({ node }: { readonly node: SagaNodeOf<'map'> }) {
  const { path, change } = useNodeEdit()
  return (
    <>
      <CodeField
        label="Items"
        description="(data, ctx) => a list, asked once"
        path={[...path, 'items']}
        value={node.items}
        commit={(code) =>
          change('items', (draft) => {
            if (draft.type === 'map') draft.items = code ?? ''
          })
        }
      />
      <CheckedNumberField
        required
        label="At most at once"
        min={1}
        max={100}
        value={node.maxConcurrency}
        commit={(value) =>
          change('concurrency', (draft) => {
            if (draft.type === 'map') draft.maxConcurrency = value ?? 1
          })
        }
      />
    </>
  )
}

function LoopFields({ node }: { readonly node: SagaNodeOf<'loop'> }) {
  const { path, change } = useNodeEdit()
  return (
    <>
      <CodeField
        label="Until"
        description="(data, ctx) => true when it is done; data has what the rounds returned merged in"
        path={[...path, 'until']}
        value={node.until}
        commit={(code) =>
          change('until', (draft) => {
            if (draft.type === 'loop') draft.until = code ?? ''
          })
        }
      />
      <CheckedNumberField
        required
        label="Rounds at most"
        min={1}
        max={1000}
        value={node.maxIterations}
        description="When it is still not done after these, it fails with LoopExhausted."
        commit={(value) =>
          change('rounds', (draft) => {
            if (draft.type === 'loop') draft.maxIterations = value ?? 1
          })
        }
      />
    </>
  )
}

/** What a round is given, and what is merged when all are through. */
export function RoundsDataTab({ node }: { readonly node: RoundsNode }) {
  const { path, change } = useNodeEdit()
  const isMap = node.type === 'map'
  return (
    <div className="flex flex-col gap-3 p-3">
      <CodeField
        label="Input of a round"
        description={
          isMap
            ? '(item, data, ctx) => input; without it the item'
            : '(last, data, ctx) => input, where last is what the round before returned; without it the data'
        }
        path={[...path, 'body', 'input']}
        value={node.body.input}
        starter={isMap ? '(item, data, ctx) => item' : '(last, data, ctx) => data'}
        commit={(code) =>
          change('input of a round', (draft) => {
            if (draft.type !== 'map' && draft.type !== 'loop') return
            if (code === undefined) delete draft.body.input
            else draft.body.input = code
          })
        }
      />
      <CodeField
        label="Output"
        description={
          isMap
            ? "(results, data, ctx) => what to merge; without it the list, under this node's id"
            : '(result, data, ctx) => what to merge; without it what the rounds returned'
        }
        path={[...path, 'output']}
        value={node.output}
        starter={isMap ? '(results, data, ctx) => ({ results })' : '(result, data, ctx) => result'}
        commit={(code) =>
          change('output', (draft) => {
            if (draft.type !== 'map' && draft.type !== 'loop') return
            if (code === undefined) delete draft.output
            else draft.output = code
          })
        }
      />
    </div>
  )
}
