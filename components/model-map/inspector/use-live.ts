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
    let reading = 0
    const readAgain = (): void => {
      reading += 1
      const mine = reading
      latest
        .current()
        .then((value) => {
          if (!gone && mine === reading) setLive({ status: 'ready', value, of: key })
        })
        .catch((error: unknown) => {
          if (gone || mine !== reading) return
          setLive({
            status: 'error',
            message: error instanceof Error ? error.message : String(error),
            of: key,
          })
        })
    }
    readAgain()
    const end = followActivity(
      designId,
      projections.split(' ').filter((name) => name !== ''),
      readAgain,
    )
    return () => {
      gone = true
      end()
    }
  }, [designId, version, projections, key])
  // what was read of the one before is not shown of this one
  return live.of === key ? live : { status: 'loading' }
}
