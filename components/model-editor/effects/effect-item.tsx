'use client'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { classNames } from '@/components/ui/class-names'

/** One thing that changes: what it is and how in a line, the difference when it is opened. */
export function EffectItem(props: {
  readonly title: string
  readonly note: string
  readonly children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  return (
    <li className="rounded-sm border border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-1 rounded-sm px-2 py-1 text-left text-sm hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={12}
          className={classNames('shrink-0 text-subtle transition-transform', open && 'rotate-90')}
        />
        <span className="data min-w-0 truncate">{props.title}</span>
        <span className="ml-auto text-xs whitespace-nowrap text-muted">{props.note}</span>
      </button>
      {open ? <div className="border-t border-line p-2">{props.children}</div> : null}
    </li>
  )
}
