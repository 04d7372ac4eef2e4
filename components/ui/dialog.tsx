'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { classNames } from './class-names'
import { dialogBackdropClass, dialogPopupClass, dialogWidth } from './dialog-class'
import { IconButton } from './icon-button'

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
  /** Buttons, right-aligned. */
  readonly footer?: ReactNode
  readonly size?: 'sm' | 'md' | 'lg'
}

/** What is filled in, in the order of the page. */
const FIELDS = ':is(input, textarea, select, [role="combobox"]):not(:disabled, [tabindex="-1"])'

/** Opens with the keyboard in its first field, or on itself when there is none. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = 'md',
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={dialogBackdropClass} />
        <Base.Popup
          ref={popup}
          // Not the button that closes it: its tooltip would stand over the dialog, and take the first Esc.
          initialFocus={() => body.current?.querySelector<HTMLElement>(FIELDS) ?? popup.current}
          className={classNames(dialogPopupClass, dialogWidth[size])}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4">
            <div>
              <Base.Title className="text-md font-semibold">{title}</Base.Title>
              {description === undefined ? null : (
                <Base.Description className="pt-1 text-sm text-muted">{description}</Base.Description>
              )}
            </div>
            <IconButton label="Close" onClick={() => onOpenChange(false)}>
              <X />
            </IconButton>
          </header>
          <div ref={body} className="relative min-h-0 flex-1 overflow-y-auto px-5 py-4">
            {children}
          </div>
          {footer === undefined ? null : (
            <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
