'use client'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { notify } from '@/components/ui/toast'

/** A line for a shell, and a button that copies it. */
export function CopyLine({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      notify.error('It was not copied', { description: 'Select the line and copy it by hand.' })
    }
  }
  return (
    <div className="flex items-start gap-1 rounded-md bg-sunken py-1 pr-1 pl-3">
      <code className="min-w-0 flex-1 break-all py-1 font-mono text-xs text-ink">{text}</code>
      <IconButton label={copied ? 'Copied' : label} size="sm" onClick={() => void copy()}>
        {copied ? <Check aria-hidden size={14} /> : <Copy aria-hidden size={14} />}
      </IconButton>
    </div>
  )
}
