'use client'
import { Plus, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import type { DesignPath } from '@/core/design/program'
import { useDesign } from '@/lib/design-store'
import { diagnosticsOf, problemsUnder, problemText } from './problems-at'
import { useDraft } from './use-draft'

const CodeEditor = dynamic(() => import('@/components/ui/code-editor').then((module) => module.CodeEditor), {
  ssr: false,
})

export interface CodeFieldProps {
  readonly label: string
  /** How the function is called and what it gives back. */
  readonly description: string
  readonly value: string
  readonly commit: (code: string) => string | undefined
  /** Where it stands in the document: its problems are marked at their lines. */
  readonly path: DesignPath
  /** Takes the function away; given when it may be missing. */
  readonly onRemove?: () => void
  readonly minHeight?: number
}

/** A function of the design, with what the sandbox says about it. */
export function CodeField({
  label,
  description,
  value,
  commit,
  path,
  onRemove,
  minHeight = 96,
}: CodeFieldProps) {
  const draft = useDraft(value, commit)
  const all = useDesign((state) => state.problems)
  const place = path.join('/')
  // a path is a new list at every render; what it says is not
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const problems = useMemo(() => problemsUnder(all, path), [all, place])
  const diagnostics = useMemo(() => diagnosticsOf(problems), [problems])
  return (
    <Field
      label={label}
      description={description}
      error={draft.error ?? problemText(problems)}
      action={
        onRemove === undefined ? undefined : (
          <IconButton label={`Remove ${label}`} size="sm" onClick={onRemove}>
            <X />
          </IconButton>
        )
      }
    >
      <CodeEditor
        language="javascript"
        value={draft.text}
        onChange={draft.change}
        diagnostics={diagnostics}
        minHeight={minHeight}
      />
    </Field>
  )
}

/** A function that may be missing: a button until there is one. */
export function OptionalCodeField({
  value,
  skeleton,
  commit,
  onRemove,
  ...rest
}: Omit<CodeFieldProps, 'value'> & {
  readonly value: string | undefined
  /** What is put in when it is added. */
  readonly skeleton: string
  readonly onRemove: () => void
}) {
  if (value !== undefined) return <CodeField {...rest} value={value} commit={commit} onRemove={onRemove} />
  return (
    <div className="flex items-center justify-between gap-3 rounded-sm border border-dashed border-line-strong px-3 py-2">
      <p className="text-xs text-subtle">
        <span className="font-medium text-muted">{rest.label}.</span> {rest.description}
      </p>
      <Button size="sm" icon={<Plus aria-hidden size={14} />} onClick={() => commit(skeleton)}>
        Add {rest.label}
      </Button>
    </div>
  )
}
