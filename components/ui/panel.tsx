'use client'
import { Collapsible } from '@base-ui/react/collapsible'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

export interface PanelProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly collapsible?: boolean
  readonly defaultOpen?: boolean
  /** Shown beside the title. */
  readonly count?: number
}

/** A titled section of a side panel. */
export function Panel({
  title,
  actions,
  children,
  collapsible = true,
  defaultOpen = true,
  count,
}: PanelProps) {
  const words = (
    <>
      {title}
      {count === undefined ? null : <span className="font-normal text-subtle">{count}</span>}
    </>
  )
  return (
    <Collapsible.Root
      defaultOpen={defaultOpen}
      disabled={!collapsible}
      render={<section />}
      className="border-b border-line"
    >
      <header className="flex h-8 items-center justify-between gap-2 pr-2 pl-3">
        <h3 className="min-w-0 text-xs font-semibold">
          {collapsible ? (
            <Collapsible.Trigger className="group -ml-1 flex h-6 items-center gap-1 rounded-sm pr-1 hover:bg-hover">
              <ChevronRight
                aria-hidden
                size={14}
                className="text-subtle transition-transform duration-panel group-data-panel-open:rotate-90"
              />
              {words}
            </Collapsible.Trigger>
          ) : (
            <span className="flex items-center gap-1">{words}</span>
          )}
        </h3>
        {actions}
      </header>
      <Collapsible.Panel className="h-(--collapsible-panel-height) overflow-hidden transition-[height] duration-panel data-ending-style:h-0 data-starting-style:h-0">
        <div className="px-3 pt-1 pb-3">{children}</div>
      </Collapsible.Panel>
    </Collapsible.Root>
  )
}
