import type { Design } from '@/core/design/document'
import { lintDesign } from '@/core/design/lint'
import { codeProblems, type Problem } from '@/core/design/problem'
import type { DesignPorts } from './ports'

/** Quiet time before a changed document is checked, ms. */
const CHECK_AFTER_MS = 60

export interface Checker {
  changed(): void
  dispose(): void
}

/**
 * Finds what is wrong with the newest document: the lint at once, faults of its code when the sandbox has answered.
 * An answer about an older document is dropped.
 */
export function createChecker(
  ports: DesignPorts,
  document: () => Design,
  onProblems: (problems: readonly Problem[]) => void,
): Checker {
  let cancel = (): void => {}
  let codeFaults: readonly Problem[] = []

  const check = async (): Promise<void> => {
    const checked = document()
    const lint = lintDesign(checked)
    // Until the sandbox has answered, what it said last stands: the list does not flicker.
    onProblems([...lint, ...codeFaults])
    const faults = await ports.check(checked)
    if (document() !== checked) return
    codeFaults = codeProblems(checked, faults)
    onProblems([...lint, ...codeFaults])
  }

  return {
    changed: () => {
      cancel()
      cancel = ports.after(CHECK_AFTER_MS, () => void check())
    },
    dispose: () => cancel(),
  }
}
