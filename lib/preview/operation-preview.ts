import type { CodeProgram, CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import type { Saga } from '@/core/design/saga'
import type { HttpRequest } from '@/core/http/request'
import type { Json } from '@/core/json'
import { err, ok, type Result } from '@/core/result'
import { type Performed, perform, type StepError } from '@/core/saga'
import { planSaga } from '@/core/saga/plan'

export type OperationSample = { readonly latencyMs: number } & (
  | { readonly outcome: 'answered'; readonly response: Json }
  | {
      readonly outcome: 'failed'
      readonly code: string
      readonly message: string
      readonly kind: 'business' | 'technical'
    }
)

const NODE = 'preview'

/** The smallest saga that calls an operation, so that a preview is performed exactly as a run is. */
const callingSaga = (service: string, operation: string): Saga => ({
  id: 'preview',
  compensationOrder: 'graph',
  nodes: [
    { id: 'start', type: 'start', inputSchema: {}, inputExample: {} },
    { id: NODE, type: 'step', kind: 'compensatable', action: { type: 'call', service, operation } },
  ],
  edges: [{ id: 'e', from: 'start', to: NODE }],
})

interface Target {
  readonly service: string
  readonly operation: string
}

/** What one attempt comes to, worked out as a run would. */
function attemptAt(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  target: Target,
  input: Json,
  seed: string,
  attempt: number,
): Promise<Performed> {
  const plan = planSaga(callingSaga(target.service, target.operation))
  return perform(
    { design, plan, program, code, runId: 'preview', seed },
    {
      type: 'perform',
      key: `action:${NODE}:${attempt}`,
      nodeId: NODE,
      phase: 'action',
      attempt,
      action: { type: 'call', service: target.service, operation: target.operation },
      input,
      data: {},
      timeoutMs: null,
      fault: null,
      idempotencyKey: `${NODE}:0:action`,
    },
    0,
  )
}

/**
 * Calls a simulated operation a number of times without waiting: what it would answer, and after how long.
 * The same seed gives the same samples; sample n is what attempt n of a run with that seed would draw.
 */
export async function sampleOperation(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  target: Target,
  input: Json,
  seed: string,
  count: number,
): Promise<readonly OperationSample[]> {
  const samples: OperationSample[] = []
  for (let attempt = 1; attempt <= count; attempt += 1) {
    const performed = await attemptAt(code, program, design, target, input, seed, attempt)
    if (performed.type !== 'answered') continue
    const { outcome, afterMs: latencyMs } = performed
    if (outcome.type === 'succeeded')
      samples.push({ latencyMs, outcome: 'answered', response: outcome.output })
    if (outcome.type === 'failed') samples.push({ latencyMs, outcome: 'failed', ...outcome.error })
  }
  return samples
}

/** The request that a run would send for this input, or why there would be none. Nothing is sent. */
export async function previewRequest(
  code: CodeRunner,
  program: CodeProgram,
  design: Design,
  target: Target,
  input: Json,
): Promise<Result<HttpRequest, StepError>> {
  const performed = await attemptAt(code, program, design, target, input, '1', 1)
  if (performed.type === 'http') return ok(performed.request)
  if (performed.type === 'answered' && performed.outcome.type === 'failed')
    return err(performed.outcome.error)
  throw new Error(`${target.service}.${target.operation} is no HTTP call`)
}
