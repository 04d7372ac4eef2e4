'use client'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { notify } from '@/components/ui/toast'

/** An id that a tracing tool knows too, and a button that copies it. */
export function CopyId({ id, what }: { readonly id: string; readonly what: string }) {
  const [copied, setCopied] = useState<string | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id)
      setCopied(id)
    } catch {
      notify.error('It was not copied', { description: 'Select the id and copy it by hand.' })
    }
  }
  return (
    <span className="inline-flex min-w-0 items-center gap-0.5">
      <code className="truncate font-mono text-xs">{id}</code>
      <IconButton
        size="sm"
        side="top"
        label={copied === id ? `${what} copied` : `Copy ${what.toLowerCase()}`}
        onClick={() => void copy()}
      >
        {copied === id ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
    </span>
  )
}
