'use client'
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { JsonView } from '@/components/ui/json-view'
import { aggregateOfStream } from '@/core/aggregate/handle'
import { CHECKS, type CheckAnswer, type CheckName, type Counterexample } from '@/core/protocol'
import { assertNever } from '@/core/result'
import { readModelsApi } from '@/lib/api/read-models'
import { useDesign } from '@/lib/design-store'
import { formatTimeOfDay } from '@/lib/moment'
import { aggregateHref, readModelHref } from '../data-href'
import { CHECK_WORDS } from './check-words'

/** The properties of the design document that are about data, put to the test on this design's own. */
export function LiveChecks() {
  const designId = useDesign((state) => state.designId)
  const [answers, setAnswers] = useState<Partial<Record<CheckName, CheckAnswer>>>({})
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const check = async () => {
    setBusy(true)
    try {
      const { checks } = await readModelsApi.check(designId)
      setAnswers(Object.fromEntries(checks.map((one) => [one.check, one])))
      setRefused(null)
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section aria-label="Checks" className="flex flex-col gap-3">
      <div className="flex items-start justify-between gap-4">
        <div>
          <h3 className="text-md font-semibold">Does it hold?</h3>
          <p className="text-sm text-muted">
            Computed when you ask, on what is recorded. Nothing is changed by it.
          </p>
        </div>
        <Button disabled={busy} onClick={() => void check()}>
          {busy ? 'Checking…' : 'Check now'}
        </Button>
      </div>
      {refused === null ? null : (
        <p role="alert" className="text-sm text-state-failed">
          {refused}
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
        {CHECKS.map((name) => (
          <li key={name} aria-label={name} className="flex flex-col gap-1.5 p-3">
            <Check name={name} answer={answers[name]} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Check({ name, answer }: { readonly name: CheckName; readonly answer: CheckAnswer | undefined }) {
  const { means, how } = CHECK_WORDS[name]
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm">
          <code className="data font-medium">{name}</code> <span className="text-muted">{means}</span>
        </p>
        <Outcome answer={answer} />
      </div>
      <p className="text-xs text-subtle">{how}</p>
      {answer === undefined ? null : (
        <>
          <p className="text-xs text-muted">
            Looked at {checkedText(answer)} at {formatTimeOfDay(answer.at)}, in {answer.tookMs} ms.
          </p>
          {answer.notes.map((note) => (
            <p key={note} className="text-xs text-state-unknown">
              {note}
            </p>
          ))}
          {answer.counterexample === null ? null : <Wrong found={answer.counterexample} />}
        </>
      )}
    </>
  )
}

function checkedText({ checked }: CheckAnswer): string {
  const parts = Object.entries(checked).map(
    ([what, many]) => `${many} ${many === 1 ? what.replace(/^(\w+)s\b/, '$1') : what}`,
  )
  return parts.length === 0 ? 'nothing' : parts.join(', ')
}

function Outcome({ answer }: { readonly answer: CheckAnswer | undefined }) {
  if (answer === undefined) return <Badge icon={<CircleDashed aria-hidden />}>Not checked yet</Badge>
  switch (answer.outcome) {
    case 'holds':
      return (
        <Badge tone="succeeded" icon={<CircleCheck aria-hidden />}>
          {answer.complete ? 'Holds' : 'Holds, as far as it was looked at'}
        </Badge>
      )
    case 'violated':
      return (
        <Badge tone="failed" icon={<CircleX aria-hidden />}>
          Violated
        </Badge>
      )
    case 'nothing':
      return <Badge icon={<CircleDashed aria-hidden />}>Nothing to check</Badge>
    default:
      return assertNever(answer.outcome)
  }
}

/** The first counterexample, and where to look at it. */
function Wrong({ found }: { readonly found: Counterexample }) {
  const designId = useDesign((state) => state.designId)
  const design = useDesign((state) => state.document)
  const { message, streamId, version, projection, expected, found: stands } = found
  const owner = streamId === undefined ? undefined : aggregateOfStream(design, streamId)
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-state-failed bg-soft-failed p-2 text-sm">
      <p>
        {message}{' '}
        {owner === undefined ? null : (
          <Link
            className="rounded-sm underline"
            href={aggregateHref(designId, owner.aggregate.id, owner.key, version)}
          >
            Look at it
          </Link>
        )}
        {projection === undefined ? null : (
          <Link className="rounded-sm underline" href={readModelHref(designId, projection)}>
            Open the read model
          </Link>
        )}
      </p>
      <div className="grid grid-cols-2 gap-3">
        {expected === undefined ? null : (
          <div>
            <p className="text-xs text-muted">It should be</p>
            <JsonView value={expected} ariaLabel="What it should be" />
          </div>
        )}
        {stands === undefined ? null : (
          <div>
            <p className="text-xs text-muted">It is</p>
            <JsonView
              value={stands}
              ariaLabel="What it is"
              {...(expected === undefined ? {} : { previous: expected })}
            />
          </div>
        )}
      </div>
    </div>
  )
}
