import type { CheckAnswer, Counterexample } from '@/core/protocol'
import type { LoadedDesign } from '../../engine/loaded-design'
import type { Workbench } from '../../workbench'

/** What a check found. It ends at the first counterexample. */
export type Found = Pick<CheckAnswer, 'checked' | 'complete' | 'notes' | 'counterexample'>

/** What every check is given. */
export interface CheckParts {
  readonly wb: Workbench
  readonly loaded: LoadedDesign
  readonly limits: CheckLimits
}

/** See server/limits.ts. */
export type CheckLimits = Readonly<
  Record<'checkEvents' | 'checkStreams' | 'checkSnapshots' | 'checkRows', number>
>

/** Counts of what was looked at; and how a check ends. */
export class Tally {
  private readonly counts = new Map<string, number>()
  private readonly notes: string[] = []
  private complete = true

  count(what: string, many = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + many)
  }

  note(text: string): void {
    this.notes.push(text)
  }

  /** Something was left out. */
  partly(text: string): void {
    this.complete = false
    this.notes.push(text)
  }

  end(counterexample: Counterexample | null = null): Found {
    const { complete, notes } = this
    return { checked: Object.fromEntries(this.counts), complete, notes, counterexample }
  }
}

/** Lets others go on: a check may read much, and it is in no hurry. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
