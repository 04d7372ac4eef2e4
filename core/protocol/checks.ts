import { z } from 'zod'
import { jsonSchema } from '../design/primitives'

/** Properties that a design's data can be put to the test for, by their names in the design document. */
export const CHECKS = [
  'command_consistency',
  'query_eventual_consistency',
  'snapshot_consistency',
  'event_sourcing_correctness',
] as const

/** Body of `POST …/checks`; all of them unless it names some. */
export const runChecksSchema = z.strictObject({
  checks: z.array(z.enum(CHECKS)).min(1).max(CHECKS.length).optional(),
})

/** Where a property does not hold. */
export const counterexampleSchema = z.object({
  message: z.string(),
  streamId: z.string().optional(),
  version: z.number().int().optional(),
  position: z.number().int().optional(),
  projection: z.string().optional(),
  key: z.string().optional(),
  /** What it should be and what stands there; left out where there is none. */
  expected: jsonSchema.optional(),
  found: jsonSchema.optional(),
})

export const checkAnswerSchema = z.object({
  check: z.enum(CHECKS),
  /** `nothing`: there was nothing to check. */
  outcome: z.enum(['holds', 'violated', 'nothing']),
  /** How many things were looked at: streams, events, commands, snapshots, rows, … */
  checked: z.record(z.string(), z.number().int()),
  /** False when there was more than one check reads. */
  complete: z.boolean(),
  /** What was left out, and what else a reader should know. */
  notes: z.array(z.string()),
  /** The first one found. */
  counterexample: counterexampleSchema.nullable(),
  /** When it began, epoch ms, and how long it took. */
  at: z.number(),
  tookMs: z.number(),
})

export const checksAnswerSchema = z.object({
  /** The position that the log had come to. */
  head: z.number().int(),
  checks: z.array(checkAnswerSchema),
})

export type CheckName = (typeof CHECKS)[number]
export type Counterexample = z.infer<typeof counterexampleSchema>
export type CheckAnswer = z.infer<typeof checkAnswerSchema>
export type ChecksAnswer = z.infer<typeof checksAnswerSchema>
