import type { UiStatus } from '@/components/ui/state'

/** Every status by its family's colour and by a shape: colour never speaks alone. */
const SHAPES: Partial<Readonly<Record<UiStatus, string>>> = {
  succeeded: 'rounded-full border-state-succeeded bg-state-succeeded',
  running: 'rounded-full border-state-running border-[2px]',
  retrying: 'rounded-full border-state-running border-[2px] border-dashed',
  failed: 'rounded-none border-state-failed bg-state-failed',
  'timed-out': 'rounded-none border-state-failed border-[2px]',
  compensated: 'rotate-45 rounded-none border-state-compensating border-[2px]',
  waiting: 'rounded-full border-state-pending border-dashed',
  skipped: 'rounded-full border-state-pending border-dashed',
}

const NOT_BEGUN = 'rounded-full border-line-strong'

/** One pip a round. The card's label tells the same in words. */
export function RoundPips({ pips }: { readonly pips: string }) {
  return (
    <span aria-hidden data-pips={pips} className="graph-detail flex gap-[3px] overflow-hidden pt-1">
      {pips.split(',').map((status, at) => (
        <span
          // rounds have no identity but their place
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          className={`size-[7px] shrink-0 border ${SHAPES[status as UiStatus] ?? NOT_BEGUN}`}
        />
      ))}
    </span>
  )
}
