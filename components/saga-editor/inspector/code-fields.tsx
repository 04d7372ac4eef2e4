'use client'
import { Plus, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import type { DesignPath } from '@/core/design/program'
import type { Json } from '@/core/json'
import { firstError, useProblemsAt } from './node-edit'
import { useDraft } from './use-draft'

const CodeEditor = dynamic(() => import('@/components/ui/code-editor').then((module) => module.CodeEditor), {
  ssr: false,
  loading: () => <div className="h-[72px] rounded-sm border border-line-strong bg-surface" />,
})

interface CodeFieldProps {
  readonly label: string
  /** Its signature and what is done without it. */
  readonly description: string
  readonly path: DesignPath
  /** Undefined: there is none, and one may be added. */
  readonly value: string | undefined
  /** What stands in a new one. Without it the function is needed and cannot be removed. */
  readonly starter?: string
  /** @param code undefined removes it */
  readonly commit: (code: string | undefined) => string | null
}

/** A JavaScript function, checked by the sandbox as it is written. */
export function CodeField({ label, description, path, value, starter, commit }: CodeFieldProps) {
  const draft = useDraft(value ?? '', commit)
  const problems = useProblemsAt(path)
  const diagnostics = useMemo(
    () =>
      problems
        .filter(({ line }) => line !== undefined)
        .map(({ line = 1, column, message }) => ({
          line,
          message,
          severity: 'error' as const,
          ...(column === undefined ? {} : { column }),
        })),
    [problems],
  )
  if (value === undefined) {
    return (
      <div className="flex items-center justify-between gap-2">
        <div className="min-w-0">
          <div className="text-xs font-medium text-muted">{label}</div>
          <div className="text-xs text-subtle">{description}</div>
        </div>
        <Button
          size="sm"
          icon={<Plus />}
          aria-label={`Add ${label.toLowerCase()}`}
          onClick={() => commit(starter)}
        >
          Add
        </Button>
      </div>
    )
  }
  return (
    <Field
      label={label}
      description={description}
      error={draft.error ?? firstError(problems)}
      action={
        starter === undefined ? null : (
          <IconButton label={`Remove ${label.toLowerCase()}`} size="sm" onClick={() => commit(undefined)}>
            <Trash2 />
          </IconButton>
        )
      }
    >
      <CodeEditor
        language="javascript"
        value={draft.text}
        onChange={draft.change}
        diagnostics={diagnostics}
        minHeight={44}
        maxHeight={260}
      />
    </Field>
  )
}

interface JsonFieldProps {
  readonly label: string
  readonly description: string
  readonly path: DesignPath
  readonly value: Json
  readonly commit: (value: Json) => string | null
}

/** Any JSON. While it does not parse, the design keeps the last that did. */
export function JsonField({ label, description, path, value, commit }: JsonFieldProps) {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value])
  const known = firstError(useProblemsAt(path))
  const draft = useDraft(text, (written) => {
    try {
      const parsed: Json = JSON.parse(written)
      return JSON.stringify(parsed) === JSON.stringify(value) ? null : commit(parsed)
    } catch (error) {
      return error instanceof Error ? error.message : 'this is no JSON'
    }
  })
  return (
    <Field label={label} description={description} error={draft.error ?? known}>
      <CodeEditor language="json" value={draft.text} onChange={draft.change} minHeight={64} maxHeight={320} />
    </Field>
  )
}
