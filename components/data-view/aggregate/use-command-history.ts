'use client'
import { useCallback, useEffect, useState } from 'react'
import {
  type CommandHistory,
  followCommands,
  loadCommands,
  withNewer,
} from '@/lib/data-store/command-history'
import type { InstanceId } from './stream-context'

export interface CommandHistoryState {
  /** Null while it is read. */
  readonly history: CommandHistory | null
  readonly error: string | null
  readonly loadOlder: () => void
}

/** Commands that were sent to an instance, by whomever, as they are recorded. */
export function useCommandHistory({ designId, aggregate, key }: InstanceId): CommandHistoryState {
  const [history, setHistory] = useState<CommandHistory | null>(null)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    const instance = { designId, aggregate, key }
    let gone = false
    let end = () => {}
    loadCommands(instance)
      .then((loaded) => {
        if (gone) return
        setHistory(loaded)
        end = followCommands(instance, loaded.items[0]?.seq ?? 0, (commands) =>
          setHistory((now) => now && withNewer(now, commands)),
        )
      })
      .catch((cause: unknown) => {
        if (!gone) setError(cause instanceof Error ? cause.message : String(cause))
      })
    return () => {
      gone = true
      end()
    }
  }, [designId, aggregate, key])

  const older = history?.older ?? null
  const loadOlder = useCallback(() => {
    if (older === null) return
    loadCommands({ designId, aggregate, key }, older)
      .then((more) => setHistory((now) => now && { items: [...now.items, ...more.items], older: more.older }))
      .catch((cause: unknown) => setError(cause instanceof Error ? cause.message : String(cause)))
  }, [designId, aggregate, key, older])
  return { history, error, loadOlder }
}
