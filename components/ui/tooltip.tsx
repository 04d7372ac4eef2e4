'use client'
import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd'

export type Side = 'top' | 'bottom' | 'left' | 'right'

export interface TooltipProps {
  readonly content: ReactNode
  /** What it explains; it must be focusable, so that the keyboard finds the words too. */
  readonly children: ReactElement<Record<string, unknown>>
  readonly side?: Side
  readonly shortcut?: string
}

export function Tooltip({ content, children, side = 'bottom', shortcut }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="floats flex max-w-72 items-center gap-2 !border-transparent !bg-primary px-2 py-1 text-xs text-primary-ink">
            {content}
            {shortcut === undefined ? null : <Kbd keys={shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Once one tooltip is open, its neighbours open at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Base.Provider delay={450} closeDelay={80}>
      {children}
    </Base.Provider>
  )
}
