'use client'
import { Plus } from 'lucide-react'
import { initialValue } from '@/components/schema-form/initial-value'
import { Button } from '@/components/ui/button'
import type { Design } from '@/core/design/document'
import type { GivenEvent, Scenario } from '@/core/design/scenario'
import { useDesign } from '@/lib/design-store'
import { useModelEdit } from '../fields/use-model-edit'
import { inAnyScenario } from '../recipes/scenarios'
import { GivenEventFields } from './given-event'

/** Aggregates whose events may be given: its own, those that a read model listens to, or all. */
export function sourcesOf(design: Design, scenario: Scenario): Design['aggregates'] {
  if (scenario.type === 'aggregate') return design.aggregates.filter(({ id }) => id === scenario.aggregate)
  if (scenario.type === 'saga') return design.aggregates
  const from = design.projections.find(({ id }) => id === scenario.projection)?.from ?? []
  return design.aggregates.filter(({ id }) => from.length === 0 || from.includes(id))
}

/** What has happened before: events, each with its data by form. */
export function GivenEvents({ scenario }: { readonly scenario: Scenario }) {
  const edit = useModelEdit()
  const design = useDesign((state) => state.document)
  const { id, given } = scenario
  const types = sourcesOf(design, scenario).flatMap(({ events }) => events)
  const change = (field: string, recipe: (events: GivenEvent[]) => void) =>
    edit(
      'Change what is given',
      inAnyScenario(id, (draft) => recipe(draft.given)),
      `${id}.given.${field}`,
    )
  const [first] = types
  const last = given.at(-1)
  const add = () => {
    const event = types.find(({ name }) => name === last?.type) ?? first
    if (!event) return
    edit(
      'Add given event',
      inAnyScenario(id, (draft) => {
        draft.given.push({
          type: event.name,
          data: initialValue(event.schema),
          ...(last?.stream === undefined ? {} : { stream: last.stream }),
        })
      }),
    )
  }
  return (
    <section aria-labelledby={`${id}-given`} className="flex flex-col gap-2">
      <h3 id={`${id}-given`} className="text-md font-semibold">
        Given
      </h3>
      {given.length === 0 ? (
        <p className="text-sm text-muted">Nothing has happened yet.</p>
      ) : (
        <ol aria-label="Given events" className="flex flex-col gap-2">
          {given.map((event, index) => (
            <GivenEventFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a given event is known by its place
              key={index}
              number={index + 1}
              event={event}
              types={types}
              isOwn={scenario.type === 'aggregate'}
              onChange={(field, recipe) =>
                change(`${index}.${field}`, (events) => {
                  const found = events[index]
                  if (found) recipe(found)
                })
              }
              onRemove={() =>
                void edit(
                  'Remove given event',
                  inAnyScenario(id, (draft) => void draft.given.splice(index, 1)),
                )
              }
            />
          ))}
        </ol>
      )}
      <div>
        <Button size="sm" icon={<Plus aria-hidden size={14} />} disabled={first === undefined} onClick={add}>
          Add given event
        </Button>
      </div>
    </section>
  )
}
