'use client'
import { useCallback, useEffect, useState } from 'react'
import type { RunSummary } from '@/core/protocol'
import { ApiError, request } from '@/lib/api/request'
import { runsApi } from '@/lib/api/runs'
import { subscribeTopic } from '@/lib/socket/subscribe-topic'
import { mergeRuns } from './runs-list'

export interface RunsList {
  readonly runs: readonly RunSummary[]
  readonly state: 'loading' | 'ready' | 'failed'
  /** Why it failed, in words. */
  readonly message: string
  readonly connected: boolean
  /** There are older ones. */
  readonly hasMore: boolean
  loadMore(): void
  reload(): void
}

/** The runs of a design, newest first, kept up with the server. */
export function useRuns(designId: string): RunsList {
  const [runs, setRuns] = useState<readonly RunSummary[]>([])
  const [state, setState] = useState<RunsList['state']>('loading')
  const [message, setMessage] = useState('')
  const [connected, setConnected] = useState(true)
  const [next, setNext] = useState<string | null>(null)
  const [round, setRound] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for it all again
  useEffect(() => {
    let ended = false
    let leave = () => {}
    const load = async () => {
      // The head is read before the list: what happens in between comes twice rather than never.
      const { head } = await request<{ readonly head: number }>('/api/health')
      const [page, needy] = await Promise.all([
        runsApi.list({ design: designId }),
        // However long ago they began: somebody has to see to them.
        runsApi.list({ design: designId, needs: 'person', limit: 200 }),
      ])
      if (ended) return
      setRuns((known) => mergeRuns(known, [...needy.items, ...page.items]))
      setNext(page.next)
      setState('ready')
      leave = subscribeTopic<RunSummary>(
        `runs:${designId}`,
        head,
        (news) => setRuns((known) => mergeRuns(known, news)),
        setConnected,
      )
    }
    load().catch((error: unknown) => {
      if (ended) return
      setState('failed')
      setMessage(error instanceof ApiError ? error.message : String(error))
    })
    return () => {
      ended = true
      leave()
    }
  }, [designId, round])

  const loadMore = useCallback(() => {
    if (next === null) return
    runsApi
      .list({ design: designId, after: next })
      .then((page) => {
        // What the socket told of them meanwhile is newer than this page.
        setRuns((known) => mergeRuns(page.items, known))
        setNext(page.next)
      })
      .catch(() => setNext(next))
  }, [designId, next])

  const reload = useCallback(() => {
    setState('loading')
    setRound((before) => before + 1)
  }, [])
  return { runs, state, message, connected, hasMore: next !== null, loadMore, reload }
}
