'use client'
import { useEffect, useRef, useState } from 'react'
import { followActivity } from '@/lib/data-store/overview'
import { useDesign } from '@/lib/design-store'

export type Live<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'error'; readonly message: string }
  | { readonly status: 'ready'; readonly value: T }

/**
 * Something of the server, read again as things happen in the design.
 * @param key says when it is something else that is read
 */
export function useLive<T>(key: string, read: () => Promise<T>): Live<T> {
  const designId = useDesign((state) => state.designId)
  const version = useDesign((state) => state.version)
  const projections = useDesign(({ document }) => document.projections.map(({ id }) => id).join(' '))
  const [live, setLive] = useState<Live<T> & { readonly of: string }>({ status: 'loading', of: key })
  const latest = useRef(read)
  latest.current = read

  // biome-ignore lint/correctness/useExhaustiveDependencies: another saved version is another thing to read
  useEffect(() => {
    let gone = false
    let reading = false
    let isStale = false
    /** One reading at a time: what happens meanwhile is for the next. */
    const readAgain = async (): Promise<void> => {
      isStale = true
      if (reading) return
      reading = true
      while (isStale && !gone) {
        isStale = false
        const read = await latest.current().then(
          (value) => ({ status: 'ready', value, of: key }) as const,
          (error: unknown) => {
            const message = error instanceof Error ? error.message : String(error)
            return { status: 'error', message, of: key } as const
          },
        )
        if (!gone) setLive(read)
      }
      reading = false
    }
    void readAgain()
    const end = followActivity(
      designId,
      projections.split(' ').filter((name) => name !== ''),
      () => void readAgain(),
    )
    return () => {
      gone = true
      end()
    }
  }, [designId, version, projections, key])
  // what was read of the one before is not shown of this one
  return live.of === key ? live : { status: 'loading' }
}
