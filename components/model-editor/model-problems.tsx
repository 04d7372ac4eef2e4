'use client'
import { ChevronDown, ChevronUp, CircleCheck, TriangleAlert } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { ProblemList } from '@/components/ui/problem-list'
import { useDesign, useDesignStore } from '@/lib/design-store'
import { type ModelTarget, targetAt } from './recipes/target'

/**
 * Problems of the definitions, in a line at the bottom that opens; those of sagas are shown where sagas are drawn.
 * The line is always there, so that nothing jumps while one types.
 */
export function ModelProblems({ onGo }: { readonly onGo: (target: ModelTarget) => void }) {
  const problems = useDesign((state) => state.problems)
  const store = useDesignStore()
  const [open, setOpen] = useState(false)
  const listId = useId()
  const shown = useMemo(() => {
    const { document } = store.getState()
    return problems.flatMap((problem) => {
      const target = targetAt(document, problem.path)
      if (target === null) return []
      const where = 'name' in target ? target.name : target.id
      const at = problem.line === undefined ? '' : `Line ${problem.line}: `
      return [{ ...problem, target, where, message: `${at}${problem.message}` }]
    })
  }, [problems, store])
  if (shown.length === 0) {
    return (
      <p className="flex h-8 shrink-0 items-center gap-2 border-t border-line bg-surface px-3 text-xs text-subtle">
        <CircleCheck aria-hidden size={14} />
        No problems in the definitions
      </p>
    )
  }
  return (
    <section aria-label="Problems of the definitions" className="shrink-0 border-t border-line bg-surface">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
        className="flex h-8 w-full items-center gap-2 px-3 text-left text-xs font-medium text-state-failed -outline-offset-2! hover:bg-hover"
      >
        <TriangleAlert aria-hidden size={14} />
        {shown.length} {shown.length === 1 ? 'problem' : 'problems'}
        <span className="ml-auto text-subtle">
          {open ? <ChevronDown aria-hidden size={14} /> : <ChevronUp aria-hidden size={14} />}
        </span>
      </button>
      <div id={listId} hidden={!open} className="max-h-48 overflow-y-auto">
        <ProblemList problems={shown} onSelect={(problem) => onGo(problem.target)} />
      </div>
    </section>
  )
}
