'use client'
import { JsonView } from '@/components/ui/json-view'
import { Panel } from '@/components/ui/panel'
import type { MapNode } from '@/core/model-map'
import { useDesign } from '@/lib/design-store'

/** What a command must hold to, and what one looks like. */
export function CommandFacts({ node }: { readonly node: MapNode }) {
  const aggregate = useDesign(({ document }) => document.aggregates.find(({ id }) => id === node.owner))
  const command = aggregate?.commands.find(({ name }) => name === node.name)
  if (aggregate === undefined || command === undefined) return null
  const rules = command.rules.map((id) => aggregate.rules.find((rule) => rule.id === id) ?? { id })
  return (
    <>
      <Panel title="Rules" count={rules.length}>
        {rules.length === 0 ? (
          <p className="text-xs text-muted">No named rule: what refuses it is in its decide.</p>
        ) : (
          <ol aria-label="Rules" className="flex flex-col gap-1 text-sm">
            {rules.map((rule) => (
              <li key={rule.id}>
                <span className="data font-medium">{rule.id}</span>
                {'description' in rule && rule.description !== undefined ? (
                  <span className="block text-xs text-muted">{rule.description}</span>
                ) : null}
              </li>
            ))}
          </ol>
        )}
      </Panel>
      <Panel title="Example">
        {command.example === undefined ? (
          <p className="text-xs text-muted">It has none: forms start empty.</p>
        ) : (
          <JsonView value={command.example} ariaLabel="Example payload" />
        )}
      </Panel>
    </>
  )
}
