'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import type { Aggregate, Projection } from '@/core/design/aggregate'
import { filterText } from '@/core/projection/row-filter'
import { designsApi } from '@/lib/api/designs'
import { readModelsApi } from '@/lib/api/read-models'
import { type LessonPorts, type LessonStep, runLesson } from '@/lib/data-store/lesson'
import type { ReadModelStore } from '@/lib/data-store/read-model-store'
import { useDesign } from '@/lib/design-store'
import { newId } from '@/lib/new-id'
import { useReadModelStore } from '../read-model/read-model-context'
import { LessonSteps } from './lesson-steps'

/** A button that really writes and then really reads: what the read saw is what the server answered. */
export function WriteAndRead({ projection }: { readonly projection: Projection }) {
  const designId = useDesign((state) => state.designId)
  const store = useReadModelStore()
  const aggregates = useDesign((state) => state.document.aggregates)
  const choices = aggregates
    .filter(({ id }) => projection.from.length === 0 || projection.from.includes(id))
    .flatMap((aggregate) => aggregate.commands.map((command) => ({ aggregate, command })))
  const [chosen, setChosen] = useState<string | null>(null)
  const [readYourWrites, setReadYourWrites] = useState(false)
  const [steps, setSteps] = useState<readonly LessonStep[]>([])
  const [busy, setBusy] = useState(false)
  const named = choices.map((choice) => ({
    ...choice,
    value: `${choice.aggregate.id}.${choice.command.name}`,
  }))
  const choice = named.find(({ value }) => value === chosen) ?? named[0]
  if (choice === undefined)
    return (
      <EmptyState
        compact
        title="Nothing to write"
        description="This read model listens to no aggregate that has a command. Define one in Design."
      />
    )
  const go = async () => {
    setBusy(true)
    setSteps([])
    const ports = lessonPorts(designId, projection.id, choice, store)
    await runLesson(ports, readYourWrites, (step) => setSteps((before) => [...before, step]))
    setBusy(false)
  }
  return (
    <section aria-label="Write, then read" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="w-64">
          <Field label="Command">
            <Select
              value={choice.value}
              onValueChange={setChosen}
              options={named.map(({ value, aggregate, command }) => ({
                value,
                label: `${command.name} (${aggregate.name ?? aggregate.id})`,
              }))}
            />
          </Field>
        </div>
        <Switch
          label="Read your writes"
          description="The read says which position it must have come to, and waits."
          checked={readYourWrites}
          onCheckedChange={setReadYourWrites}
        />
        <Button variant="primary" disabled={busy} onClick={() => void go()}>
          Write, then read
        </Button>
      </div>
      <LessonSteps steps={steps} />
    </section>
  )
}

interface Choice {
  readonly aggregate: Aggregate
  readonly command: Aggregate['commands'][number]
}

/** The server's own calls, against a new instance each time. */
function lessonPorts(
  designId: string,
  projection: string,
  { aggregate, command }: Choice,
  store: ReadModelStore,
): LessonPorts {
  const key = `lesson-${newId().slice(0, 8)}`
  return {
    write: async () => {
      const { events } = await designsApi.sendCommand(designId, aggregate.id, key, {
        type: command.name,
        payload: command.example ?? {},
      })
      const last = events.at(-1)
      if (last === undefined)
        throw new Error(`${command.name} was accepted and led to no event: choose another.`)
      return last
    },
    read: async (_streamId, atLeast) => {
      const filter = filterText([{ path: { of: 'key' }, operator: 'eq', value: key }])
      const { items, checkpoint } = await readModelsApi.rows(designId, projection, {
        filter,
        limit: 1,
        ...(atLeast === null ? {} : { atLeast, waitMs: 30_000 }),
      })
      return { checkpoint, row: items[0]?.row }
    },
    reached: (position) =>
      new Promise((resolve) => {
        const look = () => {
          if ((store.getState().info?.checkpoint ?? 0) < position) return
          stop()
          resolve()
        }
        const stop = store.subscribe(look)
        look()
      }),
    now: () => performance.now(),
  }
}
