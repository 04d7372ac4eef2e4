'use client'
import { CornerDownRight } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { ApiError } from '@/lib/api/request'
import { useLogStore } from './log-context'
import { placeOf } from './place-of'

/** Takes one to a position or to a time. */
export function GoTo() {
  const store = useLogStore()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState('')
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
        aria-describedby={wrong === '' ? undefined : 'go-to-wrong'}
        placeholder="position or time"
        value={text}
        onValueChange={setText}
      />
      <Button type="submit" size="sm" icon={<CornerDownRight aria-hidden size={14} />}>
        Go
      </Button>
      {wrong === '' ? null : (
        <span id="go-to-wrong" role="alert" className="text-xs text-state-failed">
          {wrong}
        </span>
      )}
    </form>
  )
}
