'use client'
import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { type ReactNode, useState } from 'react'
import { Button } from './button'
import { classNames } from './class-names'
import { dialogBackdropClass, dialogPopupClass, dialogWidth } from './dialog-class'

export interface ConfirmDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description: ReactNode
  /** Names what happens: "Delete design", never "OK". */
  readonly confirmLabel: string
  readonly tone?: 'danger' | 'primary'
  /** The dialog closes once it is done, and stays open when it rejects. */
  readonly onConfirm: () => void | Promise<void>
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    try {
      await props.onConfirm()
      props.onOpenChange(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Base.Root open={props.open} onOpenChange={(next) => props.onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={dialogBackdropClass} />
        <Base.Popup className={classNames(dialogPopupClass, dialogWidth.sm)}>
          <div className="px-5 pt-4 pb-5">
            <Base.Title className="text-md font-semibold">{props.title}</Base.Title>
            <Base.Description render={<div />} className="pt-2 text-sm text-muted">
              {props.description}
            </Base.Description>
          </div>
          <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">
            <Base.Close render={<Button />}>Cancel</Base.Close>
            <Button variant={props.tone ?? 'danger'} loading={busy} onClick={confirm}>
              {props.confirmLabel}
            </Button>
          </footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
