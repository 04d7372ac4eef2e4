'use client'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { OnMap } from './use-on-map'

/** What is used is not deleted without saying where. */
export function DeleteQuestion({ on }: { readonly on: OnMap }) {
  const { asking, answerRemoval } = on
  return (
    <ConfirmDialog
      open={asking !== null}
      onOpenChange={(open) => open || answerRemoval(false)}
      title={`${asking?.label ?? 'Delete'}?`}
      description={
        <>
          <p>What uses it will be marked as a problem until it is changed:</p>
          <ul className="list-disc pt-2 pl-4">
            {asking?.uses.map((use) => (
              <li key={use}>{use}</li>
            ))}
          </ul>
        </>
      }
      confirmLabel="Delete"
      onConfirm={() => answerRemoval(true)}
    />
  )
}
