'use client'
import { z } from 'zod'
import { JsonField } from '@/components/schema-form/json-field'
import type { SagaScenario } from '@/core/design/scenario'
import { sagaScenarioSchema } from '@/core/design/scenario'
import { asJson } from '@/core/json'

type Expected = NonNullable<SagaScenario['expect']['events']>

const eventsSchema = z.object({ events: sagaScenarioSchema.shape.expect.shape.events })

export interface ExpectedEventsProps {
  readonly value: Expected
  /** Whether they may stand in several streams. */
  readonly isStreamed: boolean
  readonly onChange: (events: Expected) => void
}

/** Events that are expected, in order. */
export function ExpectedEvents({ value, isStreamed, onChange }: ExpectedEventsProps) {
  return (
    <JsonField
      label="Events, in order"
      description={
        isStreamed
          ? 'A list of { "type", "data", "stream" }. Without data, or without stream, any will do.'
          : 'A list of { "type", "data" }. Without data any will do.'
      }
      value={value.map(asJson)}
      refuse={(next) => {
        const read = eventsSchema.safeParse({ events: next })
        return read.success ? undefined : 'A list of events, each with a type'
      }}
      onChange={(next) => onChange(eventsSchema.parse({ events: next }).events ?? [])}
    />
  )
}
