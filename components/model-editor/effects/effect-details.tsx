'use client'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { aggregateHref } from '@/components/data-view/data-href'
import { classNames } from '@/components/ui/class-names'
import { JsonView } from '@/components/ui/json-view'
import type { Json } from '@/core/json'
import { assertNever } from '@/core/result'
import type { RowChange, StreamChange } from '@/core/travel'
import { useDesign } from '@/lib/design-store'
import type { Effect, StreamEffect } from '@/lib/refold/effects'
import { FaultText } from '../preview/preview-frame'
import { checkedWords, effectWords } from './effect-words'

/** One definition: how much of its history was checked, and each stream or row that changes, with the difference. */
export function EffectDetails({ effect }: { readonly effect: Effect }) {
  return (
    <section aria-label={`Effect on ${effect.id}`} className="pb-3">
      <h3 className="text-sm font-medium">
        {effect.id}: {effectWords(effect)}
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
        <ul aria-label={`Changes of ${effect.id}`} className="flex flex-col gap-1">
          {effect.kind === 'aggregate'
            ? effect.shown.map((one) => <StreamItem key={one.streamId} aggregate={effect.id} effect={one} />)
            : effect.shown.map((row) => <RowItem key={row.key} row={row} />)}
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

function Item(props: { readonly title: string; readonly note: string; readonly children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <li className="rounded-sm border border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-1 rounded-sm px-2 py-1 text-left text-sm hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={12}
          className={classNames('shrink-0 text-subtle transition-transform', open && 'rotate-90')}
        />
        <span className="data min-w-0 truncate">{props.title}</span>
        <span className="ml-auto text-xs whitespace-nowrap text-muted">{props.note}</span>
      </button>
      {open ? <div className="border-t border-line p-2">{props.children}</div> : null}
    </li>
  )
}

function StreamItem({ aggregate, effect }: { readonly aggregate: string; readonly effect: StreamEffect }) {
  const designId = useDesign((state) => state.designId)
  const { streamId, change } = effect
  const key = streamId.slice(aggregate.length + 1)
  const version = change.kind === 'other-states' ? change.version : undefined
  return (
    <Item title={streamId} note={noteOf(change)}>
      <Link
        href={aggregateHref(designId, aggregate, key, version)}
        className="rounded-sm text-xs text-accent underline"
      >
        Open {key}
        {version === undefined ? '' : ` at version ${version}`}
      </Link>
      <StreamDiff change={change} streamId={streamId} />
    </Item>
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
    <Item title={row.key} note={note}>
      {row.after === null || row.before === null ? (
        <JsonView value={row.after ?? row.before} ariaLabel={`Row ${row.key}`} />
      ) : (
        <JsonView value={row.after} previous={row.before} ariaLabel={`Row ${row.key}`} />
      )}
    </Item>
  )
}
