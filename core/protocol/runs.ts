import { z } from 'zod'
import { idSchema, jsonObjectSchema, jsonSchema, nodePathSchema, typeNameSchema } from '../design/primitives'
import { type Fault, faultSchema } from '../saga/fault'
import type { RunView } from '../saga/view'
import { attentionSchema } from './attention'

export const runModeSchema = z.enum(['live', 'virtual', 'manual'])
export const runStatusSchema = z.enum([
  'running',
  'suspended',
  'compensating',
  'completed',
  'compensated',
  'failed',
])

/** How fast a live run's clock goes beside the one on the wall. */
export const speedSchema = z.number().min(0.01).max(10_000)
const breakpointsSchema = z.array(nodePathSchema).max(300)

export const startRunSchema = z.strictObject({
  saga: idSchema,
  input: jsonObjectSchema.default({}),
  /** By the clock on the wall, in virtual time, or one step at a time. */
  mode: runModeSchema.default('live'),
  speed: speedSchema.optional(),
  seed: z.string().min(1).max(64).optional(),
  faults: z.array(faultSchema).max(100).default([]),
  /** Places in the design, `each/charge`, where a node is held until it is let begin. */
  breakpoints: breakpointsSchema.optional(),
})

const who = { by: z.string().min(1).max(80).optional(), reason: z.string().max(500).optional() }
const node = nodePathSchema

/** Body of `POST /api/runs/{id}/actions`. `node` is a node's path: `reserve`, `each/2`, `each/2/charge`. */
export const runActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('pause'), ...who }),
  z.strictObject({ action: z.literal('resume'), ...who }),
  z.strictObject({ action: z.literal('cancel'), ...who }),
  z.strictObject({ action: z.literal('compensate'), ...who }),
  z.strictObject({ action: z.literal('step'), node: node.optional(), ...who }),
  z.strictObject({ action: z.literal('retry'), node, ...who }),
  z.strictObject({ action: z.literal('skip'), node, output: jsonSchema.default({}), ...who }),
  z.strictObject({ action: z.literal('fail'), node, error: typeNameSchema.default('FailedByHand'), ...who }),
  z.strictObject({ action: z.literal('retry-compensation'), node, ...who }),
  z.strictObject({ action: z.literal('mark-compensated'), node, ...who }),
  z.strictObject({ action: z.literal('leave-compensation'), node, ...who }),
  z.strictObject({
    action: z.literal('signal'),
    signal: typeNameSchema,
    data: jsonSchema.default({}),
    node: node.optional(),
    ...who,
  }),
  z.strictObject({
    action: z.literal('decide'),
    node,
    approved: z.boolean(),
    comment: z.string().max(500).optional(),
    ...who,
  }),
  z.strictObject({
    action: z.literal('set-data'),
    data: jsonObjectSchema,
    /** The saga within it whose data these are, by the path of its node. */
    scope: node.optional(),
    ...who,
  }),
  z.strictObject({
    action: z.literal('set-speed'),
    mode: runModeSchema,
    speed: speedSchema.optional(),
    ...who,
  }),
  z.strictObject({ action: z.literal('set-breakpoints'), breakpoints: breakpointsSchema, ...who }),
  z.strictObject({ action: z.literal('add-fault'), fault: faultSchema, ...who }),
  /** Without a node: all of them. */
  z.strictObject({ action: z.literal('lift-faults'), node: node.optional(), ...who }),
])

/** Body of `POST /api/runs/{id}/fork`. */
export const forkRunSchema = z.strictObject({
  /** The event up to which the new run has the same history. Without it: just before the run failed. */
  seq: z.number().int().min(1).optional(),
  /** In place of the data at that moment. */
  data: jsonObjectSchema.optional(),
  /** In place of the data of sagas within it, by the path of their node. */
  scopes: z.record(nodePathSchema, jsonObjectSchema).optional(),
  /** In place of the run's. */
  faults: z.array(faultSchema).max(100).optional(),
  /** A version of the design; without it, the one the run pinned. */
  design: z.union([z.number().int().min(1), z.literal('newest')]).optional(),
  mode: runModeSchema.optional(),
  seed: z.string().min(1).max(64).optional(),
  ...who,
})

/** Where a run would have gone another way under another version. */
export const divergenceSchema = z.object({
  seq: z.number().int(),
  /** Null when the record ends there, and more would have followed. */
  recorded: z.string().nullable(),
  instead: z.string().nullable(),
  node: z.string().nullable(),
  why: z.string(),
})

/** Body of `POST /api/designs/{id}/rehearse`. */
export const rehearseSchema = z.strictObject({
  /** The document to play the runs against: one that is not saved yet, say. */
  document: z.unknown().optional(),
  /** Without a document: a version of the design; without either, the newest. */
  version: z.number().int().min(1).optional(),
  saga: idSchema.optional(),
  /** Only runs that have not ended. */
  unfinished: z.boolean().default(false),
  limit: z.number().int().min(1).max(500).default(100),
})

export const rehearsedSchema = z.object({
  checked: z.number().int(),
  /** There are runs that were not looked at, for the limit. */
  more: z.boolean(),
  /** Runs that would have gone another way. */
  diverging: z.array(
    z.object({
      run: z.string(),
      saga: z.string(),
      status: runStatusSchema,
      designVersion: z.number().int(),
      startedAt: z.number(),
      divergence: divergenceSchema,
    }),
  ),
})

export const runSummarySchema = z.object({
  id: z.string(),
  designId: z.string(),
  designVersion: z.number().int(),
  saga: z.string(),
  mode: runModeSchema,
  status: runStatusSchema,
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  error: jsonSchema,
  /** What it was started with, in one line of at most 80 characters. */
  gist: z.string(),
  archived: z.boolean(),
  /** What it waits for that does not come by itself; of very many, the first. */
  attention: z.array(attentionSchema),
  /** How many of these need a person. */
  needsPerson: z.number().int(),
})

/** Body of `POST /api/runs/{id}/archive`. */
export const archiveRunSchema = z.strictObject({ archived: z.boolean().default(true) })

export type RunSummary = z.infer<typeof runSummarySchema>
export type StartRun = z.infer<typeof startRunSchema>
export type ForkRun = z.infer<typeof forkRunSchema>
export type Rehearse = z.infer<typeof rehearseSchema>
export type ShownDivergence = z.infer<typeof divergenceSchema>
export type Rehearsed = z.infer<typeof rehearsedSchema>
export type RunAction = z.infer<typeof runActionSchema>

/** `GET /api/runs/{id}`: the run's summary and its state now, or as of `seq`. */
export type RunAnswer = RunView &
  Omit<RunSummary, keyof RunView | 'archived' | 'gist'> & {
    readonly startedAt: number
    readonly seed: string
    readonly faults: readonly Fault[]
    readonly head: number
    /** It came from a file: nothing of it is gone on with here. */
    readonly imported?: boolean | undefined
  }
