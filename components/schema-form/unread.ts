import { createContext, useContext, useEffect, useId, useRef } from 'react'

/** Tells the form around a field whether the field's text is no value yet. */
type TellUnread = (fieldId: string, isUnread: boolean) => void

export const UnreadContext = createContext<TellUnread | null>(null)

/** Of a field: while its text is no value, the form around it knows. */
export function useUnread(isUnread: boolean): void {
  const tell = useContext(UnreadContext)
  const id = useId()
  useEffect(() => {
    if (!isUnread) return
    tell?.(id, true)
    return () => tell?.(id, false)
  }, [tell, id, isUnread])
}

/** Of a form: what its fields tell, as one. `onUnread` is told when there is some text that is no value, and when there is none again. */
export function useTellUnread(onUnread: ((isUnread: boolean) => void) | undefined): TellUnread {
  const latest = useRef(onUnread)
  latest.current = onUnread
  const unread = useRef(new Set<string>())
  const tell = useRef<TellUnread>((id, isUnread) => {
    if (isUnread) unread.current.add(id)
    else unread.current.delete(id)
    latest.current?.(unread.current.size > 0)
  })
  return tell.current
}
