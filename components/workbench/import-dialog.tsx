'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast'
import { type Design, parseDesign } from '@/core/design/document'
import { DESIGN_LIMITS } from '@/core/design/limits'
import type { Issue } from '@/core/errors'
import { useDesign } from '@/lib/design-store/design-provider'

type Read = { readonly design: Design } | { readonly issues: readonly Issue[] }

/** Reads a file as a design. */
async function readFile(file: File): Promise<Read> {
  const refuse = (message: string): Read => ({ issues: [{ path: [], message }] })
  if (file.size > DESIGN_LIMITS.documentBytes) return refuse('The file is larger than 1 MiB')
  try {
    const parsed = parseDesign(JSON.parse(await file.text()))
    return parsed.ok ? { design: parsed.value } : { issues: parsed.error }
  } catch (error) {
    return refuse(`The file is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Puts a file's design in place of this one, once it is known what comes and what goes. Undo brings it back. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const replace = useDesign((state) => state.replace)
  const name = useDesign((state) => state.document.name)
  const [read, setRead] = useState<Read | null>(null)
  const design = read && 'design' in read ? read.design : null
  const take = (): void => {
    if (!design) return
    replace('Import', design)
    notify.success(`"${design.name}" imported`, { description: 'Undo brings back what was here.' })
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Import a design"
      description={`The file takes the place of everything in "${name}".`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={design === null} onClick={take}>
            Replace this design
          </Button>
        </>
      }
    >
      <label className="flex flex-col gap-1 text-xs font-medium text-muted">
        Design file (JSON)
        <input
          type="file"
          accept="application/json,.json"
          className="text-sm file:mr-3 file:h-7 file:rounded-sm file:border file:border-solid file:border-line-strong file:bg-surface file:px-2.5 file:text-sm file:text-ink"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) void readFile(file).then(setRead)
          }}
        />
      </label>
      {design ? (
        <p className="pt-3 text-sm">
          <strong>{design.name}</strong>: {design.sagas.length} sagas, {design.aggregates.length} aggregates,{' '}
          {design.projections.length} read models.
        </p>
      ) : null}
      {read && 'issues' in read ? (
        <div role="alert" className="pt-3 text-sm text-state-failed">
          <p>This is not a design:</p>
          <ul className="list-disc pl-5">
            {read.issues.slice(0, 20).map((issue) => (
              <li key={`${issue.path.join('.')} ${issue.message}`}>
                <span className="data">{issue.path.join('.') || 'file'}</span>: {issue.message}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Dialog>
  )
}
