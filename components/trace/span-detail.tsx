'use client'
import { Boxes } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Fact, Facts } from '@/components/run-view/facts'
import { stateText } from '@/components/ui/state'
import type { SagaPlan } from '@/core/saga'
import type { Span, SpanLink } from '@/core/trace'
import { formatDuration } from '@/lib/run-store/duration'
import { spanLabel, type TraceRow } from '@/lib/run-store/trace-rows'
import { CopyId } from './copy-id'
import { spanLook, takenOverFrom } from './span-look'

interface SpanDetailProps {
  readonly plan: SagaPlan
  readonly designId: string
  readonly rows: readonly TraceRow[]
  /** As it was at the cursor, or is if it had not begun. */
  readonly span: Span
  /** Epoch ms at which the run began. */
  readonly from: number
  readonly onCursor: (seq: number) => void
  readonly onSpan: (row: TraceRow) => void
}

/** The chosen span: when, how it went, what happened in it, and what it has to do with. */
export function SpanDetail({ plan, designId, rows, span, from, onCursor, onSpan }: SpanDetailProps) {
  const { Icon, family, word } = spanLook(span)
  const after = (at: number): string => `+${formatDuration(at - from)}`
  const elsewhere = takenOverFrom(span)
  return (
    <section aria-label="The span" className="h-full overflow-auto px-3 py-2">
      <p className="flex items-center gap-1.5 pb-1.5 font-semibold text-xs">
        <Icon aria-hidden size={14} className={stateText[family]} />
        {spanLabel(plan, span)}
        <span className="font-normal text-muted">{word}</span>
      </p>
      <Facts>
        {elsewhere === null ? null : (
          <Fact name="Taken over">
            <RunLink {...{ designId }} runId={elsewhere} seq={span.startSeq} />
          </Fact>
        )}
        <Fact name="Begins">
          {after(span.startAt)} · <ToEvent seq={span.startSeq} onCursor={onCursor} />
        </Fact>
        <Fact name="Ends">
          {span.endAt === null || span.endSeq === null ? (
            'not yet'
          ) : (
            <>
              {after(span.endAt)} · <ToEvent seq={span.endSeq} onCursor={onCursor} />
            </>
          )}
        </Fact>
        {span.attempt > 0 ? <Fact name="Attempt">{span.attempt}</Fact> : null}
        {span.errorCode === null ? null : <Fact name="Error">{span.errorCode}</Fact>}
        <Fact name="Span">
          <CopyId id={span.spanId} what="Span id" />
        </Fact>
        {span.links.map((link) => (
          <Fact key={`${link.why} ${link.spanId}`} name={WHY[link.why]}>
            <LinkTo {...{ plan, designId, rows, span, link, onSpan }} />
          </Fact>
        ))}
        {span.caused === null ? null : (
          <Fact name="Led to">
            {span.caused.types.length === 0 ? 'no event' : span.caused.types.join(', ')}
            <Link
              href={`/w/${designId}/data/aggregates/${encodeURIComponent(span.caused.aggregate)}/${encodeURIComponent(span.caused.key)}?v=${span.caused.toVersion}`}
              className="ml-2 inline-flex items-center gap-1 rounded-sm text-accent underline"
            >
              <Boxes aria-hidden size={13} />
              {span.caused.aggregate} {span.caused.key}
            </Link>
          </Fact>
        )}
        {span.events.map(({ name, at, seq }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one event may note two things of one name, and they stay
          <Fact key={`${seq} ${name} ${index}`} name={after(at)}>
            {name} · <ToEvent seq={seq} onCursor={onCursor} />
          </Fact>
        ))}
      </Facts>
      <p className="pt-2 pb-1 font-medium text-muted text-xs">Attributes</p>
      <dl className="flex flex-col gap-1 text-xs">
        {Object.entries(span.attributes).map(([name, value]) => (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt className="text-muted">{name}</dt>
            <dd className="data min-w-0 break-all">{String(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const WHY: Readonly<Record<SpanLink['why'], string>> = {
  compensates: 'Undoes',
  retries: 'Tries again',
  'late-outcome-of': 'Late answer of',
  'forked-from': 'Forked from',
}

function ToEvent({ seq, onCursor }: { readonly seq: number; readonly onCursor: (seq: number) => void }) {
  return <TextButton onClick={() => onCursor(seq)}>event {seq}</TextButton>
}

function TextButton({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className="rounded-sm text-accent underline">
      {children}
    </button>
  )
}

interface LinkToProps extends Pick<SpanDetailProps, 'plan' | 'designId' | 'rows' | 'span' | 'onSpan'> {
  readonly link: SpanLink
}

/** To a span of this trace, or to the run whose trace it is in. */
function LinkTo({ plan, designId, rows, span, link, onSpan }: LinkToProps) {
  const row = rows.find((one) => one.span.spanId === link.spanId)
  if (row) {
    const attempt = row.span.attempt > 0 ? `, attempt ${row.span.attempt}` : ''
    return (
      <TextButton onClick={() => onSpan(row)}>
        {spanLabel(plan, row.span)}
        {attempt}
      </TextButton>
    )
  }
  const run = span.attributes['saga.forked_from.run']
  const seq = span.attributes['saga.forked_from.seq']
  if (run === undefined) return <span className="data">{link.spanId}</span>
  return <RunLink {...{ designId }} runId={String(run)} seq={Number(seq)} />
}

interface RunLinkProps {
  readonly designId: string
  readonly runId: string
  readonly seq: number
}

function RunLink({ designId, runId, seq }: RunLinkProps) {
  return (
    <Link href={`/w/${designId}/runs/${runId}?seq=${seq}`} className="rounded-sm text-accent underline">
      run {runId}, event {seq}
    </Link>
  )
}
