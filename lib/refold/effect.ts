import type { CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import type { RowsFault } from '@/core/projection/folding'
import type {
  AnswerChange,
  DecidedStep,
  RecordedDecision,
  RowChange,
  StreamChange,
  StreamStates,
} from '@/core/travel'
import type { History } from './history'

/** How far a check has come: of how many, and whether it stopped before the end and why. */
export interface Checked {
  readonly checked: number
  readonly total: number
  readonly ended: 'no' | 'all' | 'limit' | 'breaks'
}

export interface StreamEffect {
  readonly streamId: string
  readonly change: StreamChange
}

/** What an edit of an aggregate does to its streams. */
export interface AggregateEffect {
  readonly kind: 'aggregate'
  readonly id: string
  readonly streams: Checked
  readonly events: number
  /** Streams too long to be checked to their end. */
  readonly partly: number
  /** How many change; `shown` are the first of them. */
  readonly changed: number
  readonly shown: readonly StreamEffect[]
}

/** What an edit of a read model does to its rows. */
export interface ProjectionEffect {
  readonly kind: 'projection'
  readonly id: string
  readonly events: Checked
  readonly rows: number
  readonly changed: number
  readonly shown: readonly RowChange[]
  /** Where it would stop now, and where it stopped before. */
  readonly fault: RowsFault | null
  readonly faultBefore: RowsFault | null
}

/** A recorded command that would be answered otherwise. */
export interface DecisionEffect {
  readonly streamId: string
  readonly decision: RecordedDecision
  readonly change: AnswerChange
  readonly now: DecidedStep
}

/** What an edit does to the answers that were given. */
export interface DecisionsEffect {
  readonly kind: 'decisions'
  readonly id: string
  /** Of the instances that were ever sent a command. */
  readonly streams: Checked
  /** Commands decided again, and those that could not be: what they met or led to was not read so far. */
  readonly commands: number
  readonly left: number
  readonly changed: number
  readonly shown: readonly DecisionEffect[]
  /** Answers that other rules gave already before this edit: they are not among those that change. */
  readonly earlier: number
}

export type Effect = AggregateEffect | ProjectionEffect | DecisionsEffect

/** What is known of the definitions before the edit, so that it is worked out once and not at every keystroke. */
export interface Baseline {
  readonly design: Design
  readonly program: CodeProgram
  readonly states: Map<string, StreamStates>
}

/** What every check is given. */
export interface CheckParts {
  readonly code: CodeRunner
  readonly history: History
  readonly baseline: Baseline
  readonly edited: Design
  readonly program: CodeProgram
  readonly signal: AbortSignal
  readonly tell: (effect: Effect) => void
}

/** Of very many changes these are shown; the others are counted. */
export const SHOWN = 100
/** An edit that breaks this many streams breaks the others too: they are not all tried. */
export const BREAKS_MOST = 20
