import type { RefObject } from 'react'
import { Input } from '@/components/ui/input'
import { Kbd } from '@/components/ui/kbd'
import { Method } from './call-section'
import type { CallGroup } from './calls'

export interface ApiNavProps {
  readonly groups: readonly CallGroup[]
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly searchRef: RefObject<HTMLInputElement | null>
}

/** Search, and every call that matches. */
export function ApiNav({ groups, query, onQuery, searchRef }: ApiNavProps) {
  const count = groups.reduce((sum, { calls }) => sum + calls.length, 0)
  return (
    <nav aria-label="Calls" className="flex min-h-0 flex-col border-line border-r bg-surface max-md:hidden">
      <div className="flex flex-col gap-1 border-line border-b p-3">
        <div className="relative">
          <Input
            ref={searchRef}
            type="search"
            aria-label="Search calls"
            placeholder="Search calls"
            value={query}
            onValueChange={onQuery}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onQuery('')
            }}
          />
          <span aria-hidden className="pointer-events-none absolute top-1 right-2">
            {query === '' ? <Kbd keys="/" /> : null}
          </span>
        </div>
        <p role="status" className="text-xs text-subtle">
          {count === 1 ? '1 call' : `${count} calls`}
        </p>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {groups.map(({ name, calls }) => (
          <div key={name} className="pb-2">
            <p aria-hidden className="px-1 py-1 text-xs font-semibold">
              {name}
            </p>
            <ul aria-label={name}>
              {calls.map(({ id, method, path, summary }) => (
                <li key={id}>
                  <a
                    href={`#${id}`}
                    title={`${method} ${path}`}
                    className="flex items-center gap-2 rounded-sm px-1 py-0.5 text-sm hover:bg-hover"
                  >
                    <Method name={method} />{' '}
                    <span className="min-w-0 flex-1 truncate text-muted">{summary}</span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <ul className="border-line border-t pt-2">
          {[
            ['live', 'Live'],
            ['errors', 'Errors'],
          ].map(([id, name]) => (
            <li key={id}>
              <a href={`#${id}`} className="block rounded-sm px-1 py-0.5 text-sm text-muted hover:bg-hover">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}
