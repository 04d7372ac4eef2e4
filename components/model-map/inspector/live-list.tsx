import type { ReactNode } from 'react'
import { Panel } from '@/components/ui/panel'
import { Spinner } from '@/components/ui/spinner'
import type { Live } from './use-live'

interface LiveListProps<T> {
  readonly title: string
  readonly live: Live<readonly T[]>
  /** What is said when there are none. */
  readonly none: string
  readonly keyOf: (item: T) => string
  readonly children: (item: T) => ReactNode
  readonly foot?: ReactNode
}

/** A section with a list that the server gives, and is given again as things happen. */
export function LiveList<T>({ title, live, none, keyOf, children, foot }: LiveListProps<T>) {
  const items = live.status === 'ready' ? live.value : []
  return (
    <Panel title={title} {...(live.status === 'ready' ? { count: items.length } : {})}>
      {live.status === 'loading' ? <Spinner label={`Reading ${title.toLowerCase()}`} /> : null}
      {live.status === 'error' ? <p className="text-xs text-state-failed">{live.message}</p> : null}
      {live.status === 'ready' && items.length === 0 ? <p className="text-xs text-muted">{none}</p> : null}
      {items.length === 0 ? null : (
        <ul aria-label={title} className="flex flex-col">
          {items.map((item) => (
            <li key={keyOf(item)} className="border-b border-line last:border-b-0">
              {children(item)}
            </li>
          ))}
        </ul>
      )}
      {foot}
    </Panel>
  )
}
