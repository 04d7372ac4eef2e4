'use client'
import { FileUp } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { Design } from '@/core/design/document'
import type { Issue } from '@/core/errors'
import { ApiError } from '@/lib/api/request'
import { pathText, readImport } from './read-import'

export interface ImportDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** Creates the design and goes there. A rejection is shown here, with its issues. */
  readonly onImport: (document: Design) => Promise<void>
}

const SHOWN = 12

/** Takes a design document from a file or from the clipboard, and says what is wrong with it, with paths. */
export function ImportDialog({ open, onOpenChange, onImport }: ImportDialogProps) {
  const [text, setText] = useState('')
  const [issues, setIssues] = useState<readonly Issue[]>([])
  const [busy, setBusy] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const listId = useId()

  const change = (next: string) => {
    setText(next)
    setIssues([])
  }
  const submit = async () => {
    const read = readImport(text)
    if (!read.ok) return setIssues(read.error)
    setBusy(true)
    try {
      await onImport(read.value)
    } catch (error) {
      const refused = error instanceof ApiError ? error : null
      setIssues(refused?.problem?.issues ?? [{ path: [], message: refused?.message ?? String(error) }])
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Import a design"
      description="A design is one JSON document: what Export gives you, here or on another machine."
      size="lg"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" loading={busy} disabled={text.trim() === ''} onClick={submit}>
            Import
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field
          label="Design document"
          action={
            <Button size="sm" icon={<FileUp aria-hidden size={14} />} onClick={() => file.current?.click()}>
              Choose a file
            </Button>
          }
        >
          <Textarea
            mono
            rows={12}
            value={text}
            onValueChange={change}
            placeholder='{ "formatVersion": 1, "name": "…", "sagas": [ … ] }'
          />
        </Field>
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          aria-label="Design file"
          className="sr-only"
          tabIndex={-1}
          onChange={async (event) => {
            const chosen = event.target.files?.[0]
            // the same file may be chosen again after it was mended
            event.target.value = ''
            if (chosen !== undefined) change(await chosen.text())
          }}
        />
        {issues.length === 0 ? null : (
          <div role="alert" className="rounded-sm border border-state-failed bg-soft-failed p-3">
            <p id={listId} className="text-sm font-medium text-state-failed">
              {issues.length === 1 ? 'This document cannot be read' : `${issues.length} things are wrong`}
            </p>
            <ul aria-labelledby={listId} className="flex max-h-48 flex-col gap-1 overflow-y-auto pt-1">
              {issues.slice(0, SHOWN).map((issue) => (
                <li key={`${pathText(issue.path)} ${issue.message}`} className="text-sm">
                  {issue.path.length === 0 ? null : <code className="data pr-2">{pathText(issue.path)}</code>}
                  {issue.message}
                </li>
              ))}
              {issues.length > SHOWN ? (
                <li className="text-sm text-muted">and {issues.length - SHOWN} more</li>
              ) : null}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  )
}
