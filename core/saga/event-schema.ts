import { z } from 'zod'
import { idSchema, jsonObjectSchema, jsonSchema, nodePathSchema } from '../design/primitives'
import type { SagaEvent, SagaEventData, SagaEventType } from './events'
import { faultSchema } from './fault'

const at = { at: z.number().min(0) }
const atNode = { ...at, nodeId: nodePathSchema }
/** An attempt of 0: it failed before the first. */
const atAttempt = { ...atNode, attempt: z.number().int().min(0) }
const text = z.string().max(10_000)
const error = z.looseObject({ code: text, message: text, kind: z.enum(['business', 'technical']) })
const mode = z.enum(['live', 'virtual', 'manual'])
const phase = z.enum(['action', 'compensation'])
const patch = jsonObjectSchema.optional()
const retryAt = z.number()
const expiresAt = z.number().nullable()
const outcome = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('succeeded'), output: jsonSchema }),
  z.looseObject({ type: z.literal('failed'), error }),
])

/**
 * What each event of a run looks like. Those that a run has decided need no check; those of a file do. Members beyond
 * these are kept as they are.
 */
const EVENT_DATA: { readonly [T in SagaEventType]: z.ZodType<SagaEventData[T]> } = {
  SagaStarted: z.looseObject({
    ...at,
    saga: idSchema,
    designVersion: z.number().int().min(1),
    input: jsonObjectSchema,
    seed: text,
    mode,
    faults: z.array(faultSchema),
    breakpoints: z.array(nodePathSchema).optional(),
    speed: z.number().positive().optional(),
    forkedFrom: z.looseObject({ runId: text, seq: z.number().int() }).optional(),
  }),
  SagaForked: z.looseObject({
    ...at,
    by: text,
    reason: text.optional(),
    mode: mode.optional(),
    seed: text.optional(),
    faults: z.array(faultSchema).optional(),
    data: jsonObjectSchema.optional(),
    scopes: z.record(nodePathSchema, jsonObjectSchema).optional(),
  }),
  StepStarted: z.looseObject({ ...atAttempt, input: jsonSchema.optional() }),
  StepCompleted: z.looseObject({ ...atAttempt, output: jsonSchema, patch }),
  StepAttemptFailed: z.looseObject({ ...atAttempt, error, unknown: z.boolean(), retryAt }),
  StepTimedOut: z.looseObject({ ...atAttempt, timeoutMs: z.number(), retryAt: retryAt.nullable() }),
  StepFailed: z.looseObject({ ...atAttempt, error, unknown: z.boolean(), output: jsonSchema.optional() }),
  StepSkipped: z.looseObject({
    ...atNode,
    output: jsonSchema,
    touched: z.literal(true).optional(),
    counts: z.literal(true).optional(),
  }),
  StepOutcomeArrivedLate: z.looseObject({ ...atAttempt, phase, outcome }),
  ChoiceTaken: z.looseObject({ ...atNode, branch: text }),
  TimerSet: z.looseObject({ ...atNode, fireAt: z.number() }),
  TimerFired: z.looseObject(atNode),
  ApprovalRequested: z.looseObject({ ...atNode, expiresAt }),
  ApprovalDecided: z.looseObject({ ...atNode, approved: z.boolean(), by: text, comment: text.optional() }),
  SignalAwaited: z.looseObject({ ...atNode, expiresAt }),
  SignalReceived: z.looseObject({
    ...at,
    nodeId: nodePathSchema.nullable(),
    signal: text,
    data: jsonSchema,
    by: text,
  }),
  SignalMatched: z.looseObject({ ...atNode, early: z.number().int().min(0).optional() }),
  SubSagaStarted: z.looseObject({ ...atNode, input: patch }),
  SubSagaCompleted: z.looseObject({ ...atNode, patch }),
  MapStarted: z.looseObject({ ...atNode, items: z.array(jsonSchema) }),
  MapCompleted: z.looseObject({ ...atNode, patch }),
  LoopStarted: z.looseObject(atNode),
  LoopJudged: z.looseObject({ ...atNode, round: z.number().int().min(0), done: z.boolean() }),
  LoopCompleted: z.looseObject({ ...atNode, patch }),
  FaultInjected: z.looseObject({ ...atAttempt, phase, fault: z.enum(['crash', 'duplicate']) }),
  SagaCompensating: z.looseObject({
    ...at,
    error: error.extend({ nodeId: text.nullable() }),
    steps: z.array(nodePathSchema),
  }),
  CompensationStarted: z.looseObject({ ...atAttempt, input: jsonSchema.optional() }),
  CompensationCompleted: z.looseObject({ ...atAttempt, output: jsonSchema }),
  CompensationAttemptFailed: z.looseObject({ ...atAttempt, error, retryAt }),
  CompensationFailed: z.looseObject({ ...atAttempt, error }),
  SagaSuspended: z.looseObject({
    ...at,
    reason: z.enum(['paused', 'retries-exhausted', 'pivot-unknown', 'failed-after-pivot']),
    nodeId: text.optional(),
    error: error.optional(),
  }),
  SagaResumed: z.looseObject(at),
  OperatorActed: z.looseObject({
    ...at,
    action: text,
    nodeId: nodePathSchema.optional(),
    by: text,
    reason: text.optional(),
    detail: jsonSchema.optional(),
  }),
  SagaCompleted: z.looseObject(at),
  SagaCompensated: z.looseObject(at),
  SagaFailed: z.looseObject({ ...at, notUndone: z.array(text) }),
}

/** The event that this is of a run; a string says why it is none. */
export function readSagaEvent(type: string, data: unknown): SagaEvent | string {
  const schema = Object.hasOwn(EVENT_DATA, type) ? EVENT_DATA[type as SagaEventType] : undefined
  if (!schema) return `a run has no event ${type}`
  const parsed = schema.safeParse(data)
  if (parsed.success) return { type, data } as unknown as SagaEvent
  const [issue] = parsed.error.issues
  return `${type}: ${issue?.path.map(String).join('.') || 'data'}: ${issue?.message ?? 'is not as it should be'}`
}
