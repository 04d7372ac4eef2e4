'use client'
import { Check, Hourglass } from 'lucide-react'
import { useEffect, useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { EventAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'

/** Events that are shown, the last ones; and how far back they are looked for at first, in positions. */
const SHOWN = 10
const LOOK_BACK = 300

export interface EventTrackProps {
  readonly designId: string
  readonly head: number
  readonly checkpoint: number
}

/** The last events of the design in order, and the two cursors on them: all are written, some are not read yet. */
export function EventTrack({ designId, head, checkpoint }: EventTrackProps) {
  const events = useLastEvents(designId, head)
  const read = events.filter(({ position }) => position <= checkpoint).length
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 text-xs text-muted">
        <span>
          Read side, what readers see: <span className="data font-medium text-ink">{checkpoint}</span>
        </span>
        <span>
          Write side, what has happened: <span className="data font-medium text-ink">{head}</span>
        </span>
      </div>
      {events.length === 0 ? (
        <p className="text-sm text-muted">Nothing has happened in this design yet.</p>
      ) : (
        <ol aria-label="The last events" className="grid grid-cols-2 gap-1 sm:grid-cols-5">
          {events.map(({ position, type }, at) => {
            const seen = position <= checkpoint
            return (
              <li
                key={position}
                className={classNames(
                  'relative flex min-w-0 flex-col gap-0.5 rounded-sm border px-1.5 py-1 text-xs',
                  seen
                    ? 'border-line bg-soft-succeeded text-state-succeeded'
                    : 'border-state-unknown border-dashed bg-soft-unknown text-state-unknown',
                )}
                title={`${type}, position ${position}`}
              >
                <span className="flex items-center gap-1">
                  {seen ? <Check aria-hidden size={12} /> : <Hourglass aria-hidden size={12} />}
                  <span className="data">{position}</span>
                  <span className="sr-only">{seen ? 'read' : 'written, not read yet'}</span>
                </span>
                <span className="break-words">{type}</span>
                <span className="mt-auto min-h-4 text-[11px] text-ink">
                  {[at === read - 1 ? '▲ read' : '', at === events.length - 1 ? '▲ write' : '']
                    .filter((mark) => mark !== '')
                    .join(' ')}
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </div>
  )
}

function useLastEvents(designId: string, head: number): readonly EventAnswer[] {
  const [events, setEvents] = useState<readonly EventAnswer[]>([])
  const last = events.at(-1)?.position ?? Math.max(0, head - LOOK_BACK)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a head that moves makes it worth asking
  useEffect(() => {
    if (head === 0 || events.at(-1)?.position === head) return
    let gone = false
    designsApi
      .events(designId, { after: String(last), limit: 500 })
      .then(({ items }) => {
        if (gone) return
        setEvents((before) => {
          const known = before.at(-1)?.position ?? 0
          return [...before, ...items.filter(({ position }) => position > known)].slice(-SHOWN)
        })
      })
      // the next event asks again
      .catch(() => undefined)
    return () => {
      gone = true
    }
  }, [designId, head])
  return events
}
