'use client'
import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { NumberField } from '@/components/ui/number-field'
import { Popover } from '@/components/ui/popover'
import { headOf, versionAtTime, versionShown } from '@/lib/data-store/stream-store'
import { useStream, useStreamStore } from './stream-context'

/** Goes straight to a version, or to what was true at a time. */
export function JumpTo() {
  const store = useStreamStore()
  const [open, setOpen] = useState(false)
  const head = useStream(headOf)
  const version = useStream(versionShown)
  const at = useStream((state) => state.events[versionShown(state) - 1]?.recordedAt)
  const go = (to: number) => {
    store.getState().goTo(to)
    setOpen(false)
  }
  return (
    <Popover
      title="Go to"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton size="sm" label="Go to a version or a time">
          <CalendarClock />
        </IconButton>
      }
    >
      <div className="flex flex-col gap-3">
        <ByVersion version={version} head={head} onGo={go} />
        <ByTime at={at ?? Date.now()} onGo={(time) => go(versionAtTime(store.getState().events, time))} />
      </div>
    </Popover>
  )
}

function ByVersion(props: {
  readonly version: number
  readonly head: number
  readonly onGo: (to: number) => void
}) {
  const [wanted, setWanted] = useState<number | null>(props.version)
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== null) props.onGo(wanted)
      }}
    >
      <Field label={`Version, 0 to ${props.head}`}>
        <NumberField value={wanted} min={0} max={props.head} onValueChange={setWanted} />
      </Field>
      <Button type="submit">Go to version</Button>
    </form>
  )
}

function ByTime({ at, onGo }: { readonly at: number; readonly onGo: (time: number) => void }) {
  const [text, setText] = useState(() => localText(at))
  const time = new Date(text).getTime()
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        // to the second: all that was recorded within it belongs to it
        if (!Number.isNaN(time)) onGo(time + 999)
      }}
    >
      <Field label="Time, as it was here">
        <Input type="datetime-local" step={1} value={text} onValueChange={setText} />
      </Field>
      <Button type="submit" disabled={Number.isNaN(time)}>
        Go to time
      </Button>
    </form>
  )
}

/** What a `datetime-local` field holds, in the time zone of the page. */
function localText(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19)
}
