import type { CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import { codeId } from '../design/code-id'
import type { Design } from '../design/document'
import type { HttpCall } from '../design/http'
import type { Action } from '../design/saga'
import type { Operation } from '../design/service'
import { type HttpAnswer, judgeAnswer } from '../http/answer'
import { type HttpRequest, httpRequest } from '../http/request'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { randomAt } from '../random'
import { assertNever, err, ok, type Result } from '../result'
import type { Effect, PerformEffect } from './effects'
import type { Phase, StepError } from './events'
import { LOST } from './lost'
import { type NodePath, roundOf } from './path'
import type { SagaPlan } from './plan'
import { drawCall } from './simulate'
import type { Outcome, Stimulus } from './stimulus'

/** What performing needs to know of its run, and the sandbox. No clock: time comes in as `at`. */
export interface PerformContext {
  readonly design: Design
  readonly plan: SagaPlan
  readonly program: CodeProgram
  readonly code: CodeRunner
  readonly runId: string
  readonly seed: string
}

/** A command for an aggregate: handled where the log is, in one append with the step's outcome. */
export interface CommandRequest {
  readonly aggregate: string
  readonly key: string
  readonly type: string
  readonly payload: Json
  readonly commandId: string
}

/**
 * What an attempt comes to, and when: `afterMs` after it began. `lost`: no answer will ever come, though the work of
 * `command` or `http` is done. A `command` is handled by the driver, which knows the log; `commandOutcome` makes it an
 * outcome. An `http` request is the driver's to send, and `httpOutcome` makes its answer an outcome; it takes what it
 * takes, and `afterMs` more.
 */
export type Performed =
  | { readonly type: 'answered'; readonly afterMs: number; readonly outcome: Outcome }
  | {
      readonly type: 'command'
      readonly afterMs: number
      readonly request: CommandRequest
      readonly lost: boolean
    }
  | {
      readonly type: 'http'
      readonly afterMs: number
      readonly request: HttpRequest
      readonly lost: boolean
    }
  | { readonly type: 'lost' }

/** A code fault as the error of a step: the same code fails the same way, so it is never retried. */
export const codeError = (fault: CodeFault): StepError => ({
  code: fault.code,
  message: fault.line === undefined ? fault.message : `${fault.message} (line ${fault.line})`,
  kind: 'business',
})

const answered = (outcome: Outcome, afterMs = 0): Performed => ({ type: 'answered', afterMs, outcome })
const failedWith = (error: StepError, afterMs = 0): Performed => answered({ type: 'failed', error }, afterMs)

/** What user code is told about where it runs. `id` is the same for every attempt, so that a retry asks for the same thing. */
function codeContext(
  context: PerformContext,
  nodeId: NodePath,
  phase: string,
  attempt: number,
  at: number,
): Json {
  const hex = (salt: string) =>
    Math.floor(randomAt(context.runId, nodeId, phase, salt) * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  return {
    runId: context.runId,
    sagaId: context.plan.place(nodeId)?.graph.saga.id ?? context.plan.saga.id,
    nodeId,
    ...roundContext(nodeId),
    attempt,
    at,
    random: randomAt(context.seed, 'random', nodeId, phase, attempt),
    id: hex('a') + hex('b'),
  }
}

/** In a map or a loop user code is told which round it is in, from 0. */
function roundContext(nodeId: NodePath): JsonObject {
  const round = roundOf(nodeId)
  return round === null ? {} : { round }
}

/** By what name the functions of a node are called: a round's are those of the body. */
function owner(context: PerformContext, path: NodePath, phase: Phase): string {
  const place = context.plan.place(path)
  const sagaId = place?.graph.saga.id ?? context.plan.saga.id
  const nodeId = place?.nodeId ?? path
  if (place?.round == null)
    return phase === 'action' ? codeId.node(sagaId, nodeId) : codeId.compensation(sagaId, nodeId)
  return phase === 'action' ? codeId.body(sagaId, nodeId) : codeId.bodyCompensation(sagaId, nodeId)
}

async function call(
  context: PerformContext,
  fn: string,
  args: readonly Json[],
): Promise<Result<Json, StepError>> {
  const answer = await context.code.run(context.program, { kind: 'call', fn, args })
  if (!answer.ok) return err(codeError(answer.error))
  if (answer.value.kind === 'failed')
    return err({ code: answer.value.code, message: answer.value.message, kind: 'business' })
  return ok(answer.value.value)
}

/**
 * Evaluates what an effect asks user code for.
 * @param at epoch ms on the run's clock
 * @returns the stimulus that answers it
 */
export async function evaluate(
  context: PerformContext,
  effect: Exclude<Effect, { type: 'perform' | 'timer' }>,
  at: number,
): Promise<Stimulus> {
  const { nodeId } = effect
  const own = owner(context, nodeId, 'action')
  const asked = (fn: string, args: readonly Json[], phase: string) =>
    call(context, fn, [...args, codeContext(context, nodeId, phase, 1, at)])
  switch (effect.type) {
    case 'prepare': {
      const { phase, args } = effect
      const result = await asked(codeId.inputOf(owner(context, nodeId, phase)), args, phase)
      return { type: 'prepared', nodeId, phase, result, at }
    }
    case 'choose': {
      for (const branch of effect.branches) {
        const result = await asked(codeId.branchOf(own, branch), [effect.data], 'choice')
        if (!result.ok) return { type: 'chosen', nodeId, result, at }
        if (result.value === true) return { type: 'chosen', nodeId, result: ok(branch), at }
      }
      return { type: 'chosen', nodeId, result: ok('default'), at }
    }
    case 'schedule': {
      const time = await asked(codeId.untilOf(own), [effect.data], 'wait')
      const told = mustBe(
        time,
        isTime,
        'until must return a time in epoch milliseconds, no later than year 275760',
      )
      const result = told.ok ? ok(Math.round(told.value)) : told
      return { type: 'scheduled', nodeId, result, at }
    }
    case 'list': {
      const items = await asked(codeId.itemsOf(own), [effect.data], 'items')
      const result = mustBe(items, isList, 'items must return a list')
      return { type: 'listed', nodeId, result, at }
    }
    case 'judge': {
      const done = await asked(codeId.untilOf(own), [effect.data], 'until')
      const result = mustBe(done, isBoolean, 'until must return true or false')
      return { type: 'judged', nodeId, round: effect.round, result, at }
    }
    case 'collect': {
      const patch = await asked(codeId.outputOf(own), [effect.result, effect.data], 'output')
      const result = mustBe(patch, isJsonObject, 'output must return an object to merge into the data')
      return { type: 'collected', nodeId, result, at }
    }
    default:
      return assertNever(effect)
  }
}

/** The last moment that a date can tell, epoch ms: a run's clock goes there, and must come on from there. */
const LAST_TIME = 8.64e15
const isTime = (value: Json): value is number => typeof value === 'number' && Math.abs(value) <= LAST_TIME
const isBoolean = (value: Json): value is boolean => typeof value === 'boolean'
const isList = (value: Json): value is Json[] => Array.isArray(value)

/** What user code returned, when it is what it has to be. */
function mustBe<T extends Json>(
  result: Result<Json, StepError>,
  is: (value: Json) => value is T,
  message: string,
): Result<T, StepError> {
  if (!result.ok) return result
  return is(result.value) ? ok(result.value) : err({ code: 'CODE_RESULT_INVALID', message, kind: 'business' })
}

/**
 * Works out an attempt: what it comes to and how long it takes. The only effects on the world are a command's, and
 * that is handed back for the driver to append.
 */
export async function perform(
  context: PerformContext,
  effect: PerformEffect,
  at: number,
): Promise<Performed> {
  const { fault } = effect
  const extraMs = fault?.effect.type === 'latency' ? fault.effect.ms : 0
  if (fault?.effect.type === 'error') {
    const { code, kind, message } = fault.effect
    return failedWith(
      { code, kind, message: message ?? `injected at ${effect.nodeId}` },
      latencyOf(context, effect),
    )
  }
  if (fault?.effect.type === 'timeout' && fault.effect.when === 'before') return lost(effect)
  const done = await performAction(context, effect, at)
  if (fault?.effect.type === 'timeout')
    return done.type === 'command' || done.type === 'http'
      ? { ...done, afterMs: effect.timeoutMs ?? 0, lost: true }
      : lost(effect)
  return done.type === 'lost' ? done : { ...done, afterMs: done.afterMs + extraMs }
}

/** Without a timeout of its own a step would wait for ever: the connection is seen to be lost instead. */
function lost(effect: PerformEffect): Performed {
  if (effect.timeoutMs !== null) return { type: 'lost' }
  return answered({
    type: 'unknown',
    error: LOST,
  })
}

const drawKey = (context: PerformContext, effect: PerformEffect) => [
  context.seed,
  effect.nodeId,
  effect.phase,
  effect.attempt,
]

function operationOf(context: PerformContext, action: Extract<Action, { type: 'call' }>) {
  return context.design.services
    .find(({ id }) => id === action.service)
    ?.operations.find(({ id }) => id === action.operation)
}

/** An injected error takes as long to come as the answer would have; of a real call nobody knows how long. */
function latencyOf(context: PerformContext, effect: PerformEffect): number {
  const operation = effect.action.type === 'call' ? operationOf(context, effect.action) : undefined
  return operation && !operation.http ? drawCall(operation, drawKey(context, effect)).latencyMs : 0
}

async function performAction(context: PerformContext, effect: PerformEffect, at: number): Promise<Performed> {
  const { action, nodeId, phase, input } = effect
  const own = owner(context, nodeId, phase)
  // Worked out when code is asked for something: most calls ask for nothing.
  const ctx = () => codeContext(context, nodeId, phase, effect.attempt, at)
  switch (action.type) {
    case 'script': {
      const result = await call(context, codeId.scriptOf(own), [input, ctx()])
      return result.ok ? answered(await succeed(context, effect, result.value, at)) : failedWith(result.error)
    }
    case 'call': {
      const operation = operationOf(context, action)
      if (!operation)
        return failedWith({
          code: 'UnknownOperation',
          message: `the design has no operation ${action.service}.${action.operation}`,
          kind: 'business',
        })
      if (operation.http) return httpCall(context, effect, action, operation.http, ctx())
      const { latencyMs, error } = drawCall(operation, drawKey(context, effect))
      if (error) return failedWith(error, latencyMs)
      if (operation.response === undefined) return answered(await succeed(context, effect, {}, at), latencyMs)
      const response = await call(context, codeId.response(action.service, action.operation), [input, ctx()])
      return response.ok
        ? answered(await succeed(context, effect, response.value, at), latencyMs)
        : failedWith(contractError(operation, response.error), latencyMs)
    }
    case 'command': {
      const key = await call(context, codeId.keyOf(own), [input, ctx()])
      if (!key.ok) return failedWith(key.error)
      if (typeof key.value !== 'string' || key.value === '')
        return failedWith({
          code: 'CODE_RESULT_INVALID',
          message: 'the key of an aggregate must be a non-empty text',
          kind: 'business',
        })
      const payload =
        action.payload === undefined ? ok(input) : await call(context, codeId.payloadOf(own), [input, ctx()])
      if (!payload.ok) return failedWith(payload.error)
      return {
        type: 'command',
        afterMs: 0,
        lost: false,
        request: {
          aggregate: action.aggregate,
          key: key.value,
          type: action.command,
          payload: payload.value,
          commandId: `${context.runId}:${effect.idempotencyKey}`,
        },
      }
    }
    default:
      return assertNever(action)
  }
}

/** A real call: the finished request, for the driver to send. */
async function httpCall(
  context: PerformContext,
  effect: PerformEffect,
  { service, operation }: Extract<Action, { type: 'call' }>,
  http: HttpCall,
  ctx: Json,
): Promise<Performed> {
  const key = `${context.runId}:${effect.idempotencyKey}`
  const request = await httpRequest(http, effect.input, key, (part) =>
    call(context, codeId.http(service, operation, part), [effect.input, ctx]),
  )
  return request.ok
    ? { type: 'http', afterMs: 0, lost: false, request: request.value }
    : failedWith(request.error)
}

/**
 * What came of a real call: an outcome. An expression that reads the answer may refuse it by name; one that is broken
 * does not undo what was done, so the answer stands as the output.
 */
export async function httpOutcome(
  context: PerformContext,
  effect: PerformEffect,
  request: HttpRequest,
  answer: HttpAnswer,
  at: number,
): Promise<Outcome> {
  const { action, nodeId, phase, attempt, input } = effect
  const operation = action.type === 'call' ? operationOf(context, action) : undefined
  if (action.type !== 'call' || !operation?.http) throw new Error(`${nodeId} is no HTTP call`)
  const verdict = judgeAnswer(operation.http, operation.errors, request, answer)
  if (verdict.type !== 'succeeded') return verdict
  if (operation.http.response === undefined) return succeed(context, effect, verdict.result, at)
  const fn = codeId.http(action.service, action.operation, 'response')
  const ctx = codeContext(context, nodeId, phase, attempt, at)
  const result = await call(context, fn, [verdict.answer, input, ctx])
  if (result.ok) return succeed(context, effect, result.value, at)
  const error = contractError(operation, result.error)
  return error.code.startsWith('CODE_')
    ? { type: 'failed', error, output: verdict.result }
    : { type: 'failed', error }
}

/** An error that the contract names as technical is technical, however it came about. */
function contractError(operation: Pick<Operation, 'errors'>, error: StepError): StepError {
  return { ...error, kind: operation.errors.find(({ name }) => name === error.code)?.kind ?? error.kind }
}

/**
 * A success, with what the step's output expression says to merge. When that expression fails the work is done all
 * the same: the step fails with its output, and will be undone.
 */
export async function succeed(
  context: PerformContext,
  effect: PerformEffect,
  output: Json,
  at: number,
): Promise<Outcome> {
  const step = context.plan.step(effect.nodeId)
  if (effect.phase === 'compensation') return { type: 'succeeded', output }
  // What a command answers is for its compensation to read; it goes into the data only when asked.
  if (step?.output === undefined)
    return effect.action.type === 'command'
      ? { type: 'succeeded', output, patch: {} }
      : { type: 'succeeded', output }
  const ctx = codeContext(context, effect.nodeId, 'output', effect.attempt, at)
  const patch = await call(context, codeId.outputOf(owner(context, effect.nodeId, 'action')), [
    output,
    effect.data,
    ctx,
  ])
  if (!patch.ok) return { type: 'failed', error: patch.error, output }
  if (!isJsonObject(patch.value))
    return {
      type: 'failed',
      output,
      error: {
        code: 'CODE_RESULT_INVALID',
        message: 'output must return an object to merge into the data',
        kind: 'business',
      },
    }
  return { type: 'succeeded', output, patch: patch.value }
}

/** What the aggregate said to a step's command: an outcome. A rejection is a business failure. */
export async function commandOutcome(
  context: PerformContext,
  effect: PerformEffect,
  request: CommandRequest,
  answer:
    | {
        readonly ok: true
        readonly version: number
        readonly events: readonly { readonly type: string; readonly data: Json }[]
      }
    | { readonly ok: false; readonly error: StepError },
  at: number,
): Promise<Outcome> {
  if (!answer.ok) return { type: 'failed', error: answer.error }
  const events = answer.events.map(({ type, data }) => ({ type, data }))
  return succeed(
    context,
    effect,
    { aggregate: request.aggregate, key: request.key, version: answer.version, events },
    at,
  )
}
