'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast'
import type { DesignAnswer } from '@/core/protocol'
import { useDesign } from '@/lib/design-store/design-provider'
import { changesBetween } from './changes-between'

/** Somebody else saved while I edited: neither is lost before it is decided. */
export function ConflictDialog({
  theirs,
  onClose,
}: {
  readonly theirs: DesignAnswer
  readonly onClose: () => void
}) {
  const mine = useDesign((state) => state.document)
  const resolve = useDesign((state) => state.resolveConflict)
  const [busy, setBusy] = useState<'mine' | 'theirs' | null>(null)

  const keep = (which: 'mine' | 'theirs'): void => {
    setBusy(which)
    resolve(which)
      .catch((error: Error) => notify.error('Not saved', { description: error.message }))
      .finally(() => setBusy(null))
  }
  const changes = changesBetween(mine, theirs.document)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="This design was saved elsewhere"
      description={`Version ${theirs.version} was saved in another tab or by somebody else while you were editing.`}
      footer={
        <>
          <Button loading={busy === 'theirs'} onClick={() => keep('theirs')}>
            Take theirs
          </Button>
          <Button variant="danger" loading={busy === 'mine'} onClick={() => keep('mine')}>
            Keep mine (overwrite)
          </Button>
        </>
      }
    >
      <p className="text-sm text-muted">
        {changes.length === 0 ? 'The two say the same.' : 'Where the two differ:'}
      </p>
      <ul className="list-disc pt-2 pl-5 text-sm">
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
      <p className="pt-3 text-sm text-muted">
        Taking theirs forgets what you did since your last save, and your undo. Runs keep the version they
        started with.
      </p>
    </Dialog>
  )
}
