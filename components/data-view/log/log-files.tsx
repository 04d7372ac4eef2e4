'use client'
import { Download, FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Dialog } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast'
import type { LogFilter } from '@/core/log/filter'
import { isUnfiltered } from '@/core/log/filter'
import type { ImportAnswer } from '@/core/protocol'
import { logApi } from '@/lib/api/log'
import { ApiError } from '@/lib/api/request'
import { useLog } from './log-context'
import { logHref } from './log-href'

/** The log as a file: out of here, and in. */
export function LogFiles({
  designId,
  filter,
  onImported,
}: {
  readonly designId: string
  readonly filter: LogFilter
  /** Something stands in this log now that did not before. */
  readonly onImported: () => void
}) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <a
        href={logApi.fileHref(designId, filter)}
        download
        title={isUnfiltered(filter) ? 'The whole log' : 'What the filter takes'}
        className={buttonClass('secondary', 'sm')}
      >
        <Download aria-hidden size={14} />
        Export
      </a>
      <Button size="sm" icon={<FileUp aria-hidden size={14} />} onClick={() => setOpen(true)}>
        Import
      </Button>
      <ImportLog designId={designId} open={open} onOpenChange={setOpen} onImported={onImported} />
    </>
  )
}

interface ImportLogProps {
  readonly designId: string
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onImported: () => void
}

function ImportLog({ designId, open, onOpenChange, onImported }: ImportLogProps) {
  const router = useRouter()
  const empty = useLog((state) => state.status === 'ready' && state.total === 0)
  const [file, setFile] = useState<File | null>(null)
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)

  const take = async (into: string | null) => {
    if (file === null) return
    setBusy(true)
    setWrong('')
    try {
      const answer = await logApi.import(into, file)
      onOpenChange(false)
      notify.success(importedWords(answer))
      if (into === null) router.push(logHref(answer.id))
      else onImported()
    } catch (error) {
      setWrong(error instanceof ApiError ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Import a log"
      description="A file that Export gave, here or on another machine: the events, and the design that they came from."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          {empty ? (
            <Button loading={busy} disabled={file === null} onClick={() => take(designId)}>
              Into this design
            </Button>
          ) : null}
          <Button variant="primary" loading={busy} disabled={file === null} onClick={() => take(null)}>
            As a new design
          </Button>
        </>
      }
    >
      <div className="flex flex-col items-start gap-3 text-sm">
        <Button icon={<FileUp aria-hidden size={14} />} onClick={() => chooser.current?.click()}>
          {file === null ? 'Choose a file' : file.name}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept=".ndjson,.jsonl,application/x-ndjson"
          aria-label="Log file"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null)
            setWrong('')
            // the same file may be chosen again after it was mended
            event.target.value = ''
          }}
        />
        <p className="text-muted">
          All of it is taken, or nothing. Its runs are history here: look at them, fork them; nobody goes on
          with them.
        </p>
        {wrong === '' ? null : (
          <p
            role="alert"
            className="w-full break-words rounded-sm border border-state-failed bg-soft-failed p-2 text-state-failed"
          >
            {wrong}
          </p>
        )}
      </div>
    </Dialog>
  )
}

const count = (number: number, one: string): string =>
  `${number.toLocaleString('en-GB')} ${one}${number === 1 ? '' : 's'}`

const importedWords = ({ events, streams, runs, ids }: ImportAnswer): string =>
  `Imported ${count(events, 'event')} of ${count(streams, 'stream')}, ${count(runs, 'run')}${
    ids === 'new' && runs > 0 ? ' under new ids' : ''
  }`
