import type { CodeRunner } from '@/core/code/contract'
import { isJsonObject, type Json } from '@/core/json'
import { createServerCodeRunner } from '../sandbox/runner'

/** A simulated service was called: what it was given, and by what it tells calls apart. */
export interface SeenCall {
  readonly node: string
  readonly attempt: number
  /** The same for every attempt of one piece of work. */
  readonly id: string
  readonly input: Json
}

/** The sandbox the server has, with somebody listening: every request that reaches a service's operation is told. */
export function witnessedRunner(tell: (call: SeenCall) => void): CodeRunner {
  const code = createServerCodeRunner()
  return {
    run(program, call) {
      const [input = null, context] = call.kind === 'call' ? call.args : []
      if (call.kind === 'call' && call.fn.startsWith('service.') && isJsonObject(context ?? null)) {
        const { nodeId, attempt, id } = context as Readonly<Record<string, Json>>
        tell({ node: String(nodeId), attempt: Number(attempt), id: String(id), input })
      }
      return code.run(program, call)
    },
    close: () => code.close(),
  }
}
