'use client'
import { MessageCircleQuestion } from 'lucide-react'
import { useState } from 'react'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { JsonView } from '@/components/ui/json-view'
import { Select } from '@/components/ui/select'
import type { Query } from '@/core/design/aggregate'
import type { Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import type { QueryAnswer } from '@/core/protocol'
import { readModelsApi } from '@/lib/api/read-models'

export interface QueryPanelProps {
  readonly designId: string
  readonly projection: string
  readonly queries: readonly Query[]
}

/** Questions that this read model answers: a form from the parameters' schema, and the answer of the server. */
export function QueryPanel({ designId, projection, queries }: QueryPanelProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const query = queries.find(({ id }) => id === chosen) ?? queries[0]
  if (query === undefined) return null
  return (
    <section
      aria-label="Queries"
      className="flex flex-col gap-3 rounded-md border border-line bg-surface p-4"
    >
      <h3 className="text-sm font-semibold">Ask it a question</h3>
      <Field label="Query" description={query.description}>
        <Select
          value={query.id}
          onValueChange={setChosen}
          options={queries.map(({ id, name }) => ({ value: id, label: name ?? id }))}
        />
      </Field>
      {/* what was typed for one question says nothing about another */}
      <Question key={query.id} designId={designId} projection={projection} query={query} />
    </section>
  )
}

function Question(props: { readonly designId: string; readonly projection: string; readonly query: Query }) {
  const { designId, projection, query } = props
  const [params, setParams] = useState<Json>(() => query.example ?? initialValue(query.schema))
  const [answer, setAnswer] = useState<QueryAnswer | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const checked = checkAgainstSchema(query.schema, params)
  const ask = async () => {
    setBusy(true)
    try {
      setAnswer(await readModelsApi.ask(designId, projection, query.id, params))
      setRefused(null)
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="grid grid-cols-2 gap-6 max-md:grid-cols-1">
      <div className="flex flex-col gap-3">
        <SchemaForm
          schema={query.schema}
          value={params}
          onChange={setParams}
          issues={checked.ok ? [] : checked.error}
          idPrefix={`query-${query.id}`}
          label="Parameters"
        />
        <div>
          <Button
            variant="primary"
            icon={<MessageCircleQuestion aria-hidden size={14} />}
            disabled={busy || !checked.ok}
            onClick={() => void ask()}
          >
            Ask
          </Button>
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-2" aria-live="polite">
        {refused === null ? null : (
          <p role="alert" className="text-sm text-state-failed">
            {refused}
          </p>
        )}
        {answer === null || refused !== null ? null : (
          <>
            <JsonView value={answer.result} ariaLabel="Answer" />
            <p className="text-xs text-muted">
              From {answer.rows} {answer.rows === 1 ? 'row' : 'rows'}, as of position{' '}
              <span className="data">{answer.checkpoint}</span>
            </p>
          </>
        )}
      </div>
    </div>
  )
}
