'use client'
import { CornerDownRight } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { ApiError } from '@/lib/api/request'
import type { LogPlace } from '@/lib/log-store/log-store'
import { useLog, useLogStore } from './log-context'
import { placeOf } from './place-of'

/** Takes one to a position or to a time. */
export function GoTo() {
  const store = useLogStore()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState('')
  const missed = useLog((state) => state.missed)
  const says = wrong === '' ? missedWords(missed) : wrong
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const place = placeOf(text)
    if (place === null) return setWrong('A position such as 1200, or a time such as 2026-03-01 14:30')
    setWrong('')
    try {
      await store.getState().goTo(place)
    } catch (error) {
      setWrong(error instanceof ApiError ? error.message : String(error))
    }
  }
  return (
    <form onSubmit={submit} className="flex items-center gap-1">
      <Input
        size="sm"
        mono
        className="!w-52"
        aria-label="Go to a position or a time"
        aria-invalid={wrong !== ''}
        aria-describedby={says === '' ? undefined : 'go-to-wrong'}
        placeholder="position or time"
        value={text}
        onValueChange={setText}
      />
      <Button type="submit" size="sm" icon={<CornerDownRight aria-hidden size={14} />}>
        Go
      </Button>
      {says === '' ? null : (
        <span id="go-to-wrong" role="alert" className="text-xs text-state-failed">
          {says}
        </span>
      )}
    </form>
  )
}

/** The last event is shown in place of what is not there: that is said. */
function missedWords(missed: LogPlace | null): string {
  if (missed === null) return ''
  return 'position' in missed
    ? `There is no position ${missed.position} yet: this is the last event`
    : 'Nothing has happened since: this is the last event'
}
