'use client'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

export interface TabSpec {
  readonly value: string
  readonly label: string
  /** Shown beside the label when above 0. */
  readonly count?: number
  readonly icon?: ReactNode
  readonly content: ReactNode
}

export interface TabsProps {
  readonly value?: string
  readonly defaultValue?: string
  readonly onValueChange?: (value: string) => void
  readonly ariaLabel: string
  readonly tabs: readonly TabSpec[]
  /** Stands at the end of the row of tabs. */
  readonly end?: ReactNode
  /** Takes the height it is given; the panel scrolls. */
  readonly fill?: boolean
}

export function Tabs({ value, defaultValue, onValueChange, ariaLabel, tabs, end, fill = false }: TabsProps) {
  return (
    <Base.Root
      value={value}
      defaultValue={defaultValue ?? tabs[0]?.value}
      onValueChange={(next: string) => onValueChange?.(next)}
      className={classNames('flex min-w-0 flex-col', fill && 'h-full min-h-0')}
    >
      <div className="flex h-9 shrink-0 items-center justify-between border-b border-line pr-1">
        <Base.List
          aria-label={ariaLabel}
          className="relative flex h-full min-w-0 items-stretch gap-1 overflow-x-auto px-2"
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="flex items-center gap-1.5 whitespace-nowrap rounded-sm px-2 text-sm text-muted -outline-offset-2! transition-colors duration-hover hover:text-ink data-active:font-medium data-active:text-ink [&_svg]:size-3.5"
            >
              {tab.icon}
              {tab.label}
              {tab.count !== undefined && tab.count > 0 ? (
                <span className="rounded-full bg-hover px-1.5 text-xs font-medium text-muted">
                  {tab.count}
                </span>
              ) : null}
            </Base.Tab>
          ))}
          <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-ink transition-[translate,width] duration-panel" />
        </Base.List>
        {end}
      </div>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          className={classNames('min-w-0 outline-none', fill && 'relative min-h-0 flex-1 overflow-auto')}
        >
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
