'use client'
import { createContext, useContext } from 'react'
import type { Problem } from '@/core/design/problem'
import type { DesignPath } from '@/core/design/program'
import type { SagaNode } from '@/core/design/saga'
import { useDesign } from '@/lib/design-store/design-provider'

/** Changes the node the inspector shows. */
export interface NodeEdit {
  /** Where the node stands in the document. */
  readonly path: DesignPath
  /**
   * @param field names what is typed into: keystrokes in one field are one undo
   * @returns what is wrong with it, or null when it is done
   */
  readonly change: (field: string, recipe: (node: SagaNode) => void) => string | null
}

export const NodeEditContext = createContext<NodeEdit | null>(null)

export function useNodeEdit(): NodeEdit {
  const edit = useContext(NodeEditContext)
  if (!edit) throw new Error('no node is inspected')
  return edit
}

/** Where in a node stands what does its work: itself, or its body. */
export const doerPath = ({ type }: SagaNode): DesignPath => (type === 'step' ? [] : ['body'])

const samePath = (a: DesignPath, b: DesignPath): boolean =>
  a.length === b.length && a.every((part, at) => part === b[at])

const NONE: readonly Problem[] = []

/** What is known to be wrong at one place of the document. */
export function useProblemsAt(path: DesignPath): readonly Problem[] {
  const problems = useDesign((state) => state.problems)
  const found = problems.filter((problem) => samePath(problem.path, path))
  return found.length === 0 ? NONE : found
}

export const firstError = (problems: readonly Problem[]): string | undefined =>
  problems.find(({ severity }) => severity === 'error')?.message
