'use client'
import { useEffect, useState } from 'react'
import { type RecordedCommand, recordedCommand } from '@/core/aggregate/recorded-command'
import { streamOfCommands } from '@/core/aggregate/stream'
import type { EventAnswer } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { commandIdOf } from '@/lib/data-store/around-event'

/** A command is recorded in the append of its events, just before them; a run's own event may stand between. */
const NEAR = 8

/**
 * The command that led to an event, as it was recorded. Null until it is there, and for an event without one: a fork
 * copied it, or it is older than the recording of commands.
 * @param first position of the first event that the command led to
 */
export function useCommandOf(
  designId: string,
  event: EventAnswer,
  first: number,
): RecordedCommand['data'] | null {
  const [read, setRead] = useState<{ readonly of: string; readonly command: RecordedCommand['data'] } | null>(
    null,
  )
  const { streamId } = event
  const commandId = commandIdOf(event)
  const wanted = `${streamId} ${commandId}`
  useEffect(() => {
    let overtaken = false
    designsApi
      .events(designId, { after: String(Math.max(0, first - NEAR)), limit: 2 * NEAR })
      .then(({ items }) => {
        const found = items
          .filter((one) => streamOfCommands(one.streamId) === streamId)
          .map(recordedCommand)
          .find((one) => one?.data.commandId === commandId)
        if (!overtaken && found) setRead({ of: wanted, command: found.data })
      })
      // what the event itself tells stands there all the same
      .catch(() => undefined)
    return () => {
      overtaken = true
    }
  }, [designId, streamId, commandId, first, wanted])
  return read?.of === wanted ? read.command : null
}
