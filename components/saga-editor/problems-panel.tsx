'use client'
import { useMemo } from 'react'
import { ProblemList, type UiProblem } from '@/components/ui/problem-list'
import { notify } from '@/components/ui/toast'
import { useCommands } from '@/components/workbench/commands-context'
import { parseDesign } from '@/core/design/document'
import { applyPatch } from '@/core/design/patch'
import type { Problem } from '@/core/design/problem'
import type { Json } from '@/core/json'
import { useDesign, useDesignStore } from '@/lib/design-store/design-provider'
import type { InspectorTab } from './inspector/tabs'
import { placeOf, tabOf } from './problem-places'

type Listed = UiProblem & { readonly problem: Problem }

/** What is wrong with the design; a click goes there, a quick fix is one undo. */
export function ProblemsPanel(props: {
  readonly onReveal: (nodeId: string) => void
  readonly onShowTab: (tab: InspectorTab) => void
}) {
  const { onReveal, onShowTab } = props
  const store = useDesignStore()
  const { context } = useCommands()
  const document = useDesign((state) => state.document)
  const problems = useDesign((state) => state.problems)
  const listed = useMemo(
    () =>
      problems.map(
        (problem): Listed => ({
          code: problem.code,
          severity: problem.severity,
          path: problem.path,
          message: problem.line === undefined ? problem.message : `${problem.message} (line ${problem.line})`,
          where: placeOf(document, problem).where,
          problem,
          ...(problem.fix ? { fixLabel: problem.fix.title } : {}),
        }),
      ),
    [document, problems],
  )

  const goTo = ({ problem }: Listed): void => {
    const { setSaga, select, designId } = store.getState()
    const { sagaId, nodeId, edgeId } = placeOf(document, problem)
    if (sagaId === null) {
      context.ui.goTo(`/w/${encodeURIComponent(designId)}/model`)
      return
    }
    setSaga(sagaId)
    select(nodeId === null ? [] : [nodeId], edgeId === null ? [] : [edgeId])
    if (nodeId === null) return
    onShowTab(tabOf(problem.path))
    requestAnimationFrame(() => onReveal(nodeId))
  }
  const fix = ({ problem }: Listed): void => {
    if (!problem.fix) return
    const { document: now, replace } = store.getState()
    const fixed = parseDesign(applyPatch(now as Json, problem.fix.patch))
    if (fixed.ok) replace(problem.fix.title, fixed.value)
    else notify.error('The fix does not fit any more', { description: fixed.error[0]?.message ?? '' })
  }
  return (
    <ProblemList problems={listed} onSelect={goTo} onFix={fix} emptyText="No problems: this design can run" />
  )
}
