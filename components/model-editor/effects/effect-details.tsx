'use client'
import Link from 'next/link'
import { aggregateHref } from '@/components/data-view/data-href'
import { JsonView } from '@/components/ui/json-view'
import type { Json } from '@/core/json'
import { assertNever } from '@/core/result'
import type { RowChange, StreamChange } from '@/core/travel'
import { useDesign } from '@/lib/design-store'
import type { Effect, StreamEffect } from '@/lib/refold/effect'
import { FaultText } from '../preview/preview-frame'
import { DecisionItem } from './decision-item'
import { EffectItem } from './effect-item'
import { checkedWords, effectWords } from './effect-words'

/** One definition: how much of its history was checked, and each stream or row that changes, with the difference. */
export function EffectDetails({ effect }: { readonly effect: Effect }) {
  return (
    <section aria-label={`Effect on ${nameOf(effect)}`} className="pb-3">
      <h3 className="text-sm font-medium">
        {nameOf(effect)}: {effectWords(effect)}
      </h3>
      <p className="pb-1 text-xs text-subtle">{checkedWords(effect)}</p>
      {effect.kind === 'projection' && effect.fault !== null ? (
        <div className="pb-1">
          <p className="text-xs text-muted">
            Stops at {effect.fault.event?.type} of {effect.fault.event?.streamId}, version{' '}
            {effect.fault.event?.version}.
          </p>
          <FaultText fault={effect.fault} />
        </div>
      ) : null}
      {effect.shown.length === 0 ? null : (
        <ul aria-label={`Changes of ${nameOf(effect)}`} className="flex flex-col gap-1">
          <Changes effect={effect} />
        </ul>
      )}
      {effect.changed > effect.shown.length ? (
        <p className="pt-1 text-xs text-subtle">
          The first {effect.shown.length} of {effect.changed}.
        </p>
      ) : null}
    </section>
  )
}

const nameOf = ({ kind, id }: Effect): string => (kind === 'decisions' ? `commands to ${id}` : id)

function Changes({ effect }: { readonly effect: Effect }) {
  switch (effect.kind) {
    case 'aggregate':
      return effect.shown.map((one) => <StreamItem key={one.streamId} aggregate={effect.id} effect={one} />)
    case 'projection':
      return effect.shown.map((row) => <RowItem key={row.key} row={row} />)
    case 'decisions':
      return effect.shown.map((one) => (
        <DecisionItem
          key={`${one.streamId} ${one.decision.command.commandId} ${one.decision.atVersion}`}
          aggregate={effect.id}
          effect={one}
        />
      ))
    default:
      return assertNever(effect)
  }
}

function StreamItem({ aggregate, effect }: { readonly aggregate: string; readonly effect: StreamEffect }) {
  const designId = useDesign((state) => state.designId)
  const { streamId, change } = effect
  const key = streamId.slice(aggregate.length + 1)
  const version = change.kind === 'other-states' ? change.version : undefined
  return (
    <EffectItem title={streamId} note={noteOf(change)}>
      <Link
        href={aggregateHref(designId, aggregate, key, version)}
        className="rounded-sm text-xs text-accent underline"
      >
        Open {key}
        {version === undefined ? '' : ` at version ${version}`}
      </Link>
      <StreamDiff change={change} streamId={streamId} />
    </EffectItem>
  )
}

function noteOf(change: StreamChange): string {
  switch (change.kind) {
    case 'other-states':
      return `from version ${change.version} on, at ${change.versions} ${change.versions === 1 ? 'version' : 'versions'}`
    case 'breaks':
      return 'can be folded no more'
    case 'mended':
      return 'can be folded again'
    default:
      return assertNever(change)
  }
}

function StreamDiff({ change, streamId }: { readonly change: StreamChange; readonly streamId: string }) {
  switch (change.kind) {
    case 'other-states':
      return (
        <div className="grid grid-cols-2 gap-3 pt-1 max-lg:grid-cols-1">
          <Diff title={`At version ${change.version}`} {...change.first} of={streamId} />
          <Diff title="At its last event" {...change.last} of={streamId} />
        </div>
      )
    case 'breaks':
      return <FaultText fault={change.fault} />
    case 'mended':
      return <JsonView value={change.state} ariaLabel={`State of ${streamId}`} />
    default:
      return assertNever(change)
  }
}

function Diff(props: {
  readonly title: string
  readonly of: string
  readonly before: Json
  readonly after: Json
}) {
  return (
    <div className="min-w-0">
      <p className="pb-1 text-xs font-medium text-muted">{props.title}</p>
      <JsonView
        value={props.after}
        previous={props.before}
        ariaLabel={`${props.of}, ${props.title.toLowerCase()}`}
      />
    </div>
  )
}

function RowItem({ row }: { readonly row: RowChange }) {
  const note = row.before === null ? 'a new row' : row.after === null ? 'the row goes' : 'other values'
  return (
    <EffectItem title={row.key} note={note}>
      {row.after === null || row.before === null ? (
        <JsonView value={row.after ?? row.before} ariaLabel={`Row ${row.key}`} />
      ) : (
        <JsonView value={row.after} previous={row.before} ariaLabel={`Row ${row.key}`} />
      )}
    </EffectItem>
  )
}
