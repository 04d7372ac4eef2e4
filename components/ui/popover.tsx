'use client'
import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import type { Side } from './tooltip'

export interface PopoverProps {
  /** A button; it opens the popover. */
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly children: ReactNode
  readonly title?: string
  readonly side?: Side
  readonly align?: 'start' | 'center' | 'end'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

export function Popover(props: PopoverProps) {
  return (
    <Base.Root open={props.open} onOpenChange={(next) => props.onOpenChange?.(next)}>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner
          side={props.side ?? 'bottom'}
          align={props.align ?? 'start'}
          sideOffset={6}
          className="z-40"
        >
          <Base.Popup className="floats min-w-56 max-w-[min(420px,calc(100vw-32px))] p-3 text-sm outline-none">
            {props.title === undefined ? null : (
              <Base.Title className="pb-2 text-sm font-semibold">{props.title}</Base.Title>
            )}
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
