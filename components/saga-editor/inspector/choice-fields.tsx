'use client'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { nodeTitle } from '@/components/saga-graph/node-words'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import type { Branch, Saga, SagaNodeOf } from '@/core/design/saga'
import { addBranch, canConnect } from '@/lib/commands/edits/connect'
import { freshEdgeId, sagaOf } from '@/lib/commands/edits/saga-draft'
import { useDesign } from '@/lib/design-store/design-provider'
import { CodeField } from './code-fields'
import { TextField } from './fields'
import { useNodeEdit } from './node-edit'

type Choice = SagaNodeOf<'choice'>

/** Branches in the order they are asked, each with where it leads; then the default. */
export function ChoiceFields({ saga, node }: { readonly saga: Saga; readonly node: Choice }) {
  const { change } = useNodeEdit()
  const inChoice = (field: string, recipe: (choice: Choice) => void): string | null =>
    change(field, (draft) => {
      if (draft.type === 'choice') recipe(draft)
    })
  return (
    <section aria-label="Branches" className="flex flex-col gap-3">
      <div className="flex items-center justify-between">
        <h3 className="text-xs font-medium text-muted">Branches, the first that holds is taken</h3>
        <Button
          size="sm"
          icon={<Plus />}
          onClick={() => inChoice('branches', (choice) => void addBranch(choice))}
        >
          Branch
        </Button>
      </div>
      <ol className="flex flex-col gap-3">
        {node.branches.map((branch, at) => (
          <BranchFields key={branch.id} saga={saga} node={node} branch={branch} at={at} change={inChoice} />
        ))}
      </ol>
      <div className="rounded-md border p-2.5">
        <LeadsTo saga={saga} node={node} branch="default" label="Otherwise (default) leads to" />
      </div>
    </section>
  )
}

function BranchFields(props: {
  readonly saga: Saga
  readonly node: Choice
  readonly branch: Branch
  readonly at: number
  readonly change: (field: string, recipe: (choice: Choice) => void) => string | null
}) {
  const { saga, node, branch, at, change } = props
  const { path } = useNodeEdit()
  const edit = useDesign((state) => state.edit)
  const own = [...path, 'branches', at]
  const name = branch.name ?? branch.id
  const move = (by: -1 | 1): void => {
    change('branch order', (choice) => {
      const [moved] = choice.branches.splice(at, 1)
      if (moved) choice.branches.splice(at + by, 0, moved)
    })
  }
  const removeBranch = (): void => {
    edit('Remove branch', (draft) => {
      const owner = sagaOf(draft, saga.id)
      const choice = owner?.nodes.find(({ id }) => id === node.id)
      if (!owner || choice?.type !== 'choice') return
      choice.branches = choice.branches.filter(({ id }) => id !== branch.id)
      owner.edges = owner.edges.filter((edge) => edge.from !== node.id || edge.branch !== branch.id)
    })
  }
  return (
    <li className="flex flex-col gap-2 rounded-md border p-2.5">
      <div className="flex items-center justify-between">
        <span className="data text-subtle">
          {at + 1}. {branch.id}
        </span>
        <span className="flex">
          <IconButton label={`Ask ${name} earlier`} size="sm" disabled={at === 0} onClick={() => move(-1)}>
            <ArrowUp />
          </IconButton>
          <IconButton
            label={`Ask ${name} later`}
            size="sm"
            disabled={at === node.branches.length - 1}
            onClick={() => move(1)}
          >
            <ArrowDown />
          </IconButton>
          <IconButton label={`Remove branch ${name}`} size="sm" onClick={removeBranch}>
            <Trash2 />
          </IconButton>
        </span>
      </div>
      <TextField
        label="Branch name"
        value={branch.name ?? ''}
        placeholder={branch.id}
        path={[...own, 'name']}
        commit={(text) =>
          change(`branch ${branch.id} name`, (choice) => {
            const target = choice.branches[at]
            if (!target) return
            if (text === '') delete target.name
            else target.name = text
          })
        }
      />
      <CodeField
        label="When"
        description="(data, ctx) => boolean"
        path={[...own, 'when']}
        value={branch.when}
        commit={(code) =>
          change(`branch ${branch.id} when`, (choice) => {
            const target = choice.branches[at]
            if (target) target.when = code ?? ''
          })
        }
      />
      <LeadsTo saga={saga} node={node} branch={branch.id} label="Leads to" />
    </li>
  )
}

const NOWHERE = ''

/** Where a branch leads. One edge a branch is the usual case; more are drawn on the canvas. */
function LeadsTo(props: {
  readonly saga: Saga
  readonly node: Choice
  readonly branch: string
  readonly label: string
}) {
  const { saga, node, branch, label } = props
  const edit = useDesign((state) => state.edit)
  const edges = saga.edges.filter((edge) => edge.from === node.id && edge.branch === branch)
  const current = edges[0]?.to ?? NOWHERE
  const targets = saga.nodes.filter(({ id }) => id === current || canConnect(saga, node.id, id).ok)
  const lead = (to: string): void => {
    edit('Change branch', (draft) => {
      const owner = sagaOf(draft, saga.id)
      if (!owner) return
      owner.edges = owner.edges.filter((edge) => edge.from !== node.id || edge.branch !== branch)
      if (to !== NOWHERE) owner.edges.push({ id: freshEdgeId(owner, node.id, to), from: node.id, to, branch })
    })
  }
  return (
    <Field
      label={label}
      description={edges.length > 1 ? `and ${edges.length - 1} more, drawn on the canvas` : undefined}
    >
      <Select
        value={current}
        options={[
          { value: NOWHERE, label: 'nowhere yet' },
          ...targets.map((target) => ({ value: target.id, label: nodeTitle(target) })),
        ]}
        onValueChange={lead}
      />
    </Field>
  )
}
