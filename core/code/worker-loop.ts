import type { QuickJSSyncVariant } from 'quickjs-emscripten-core'
import { bootQuickjs } from './boot'
import type { CodeProgram } from './contract'
import type { CodeLimits } from './limits'
import { type FromWorker, refusedText, type ToWorker, type WorkerBatch } from './protocol'
import { createVm, type Vm } from './vm'

/** Sandboxes kept alive in one worker: each holds 16 to 24 MB. */
const VMS_KEPT = 4
/** Answers are held back at most this long, so that a slow call does not delay them and its clock starts near it. */
const FLUSH_MS = 4

/**
 * What a sandbox worker does, on either side. Gives the handler of its incoming messages, which come one
 * batch at a time: the host sends the next once the last is done.
 * @param now milliseconds, monotonic
 */
export function createWorkerLoop(
  variant: QuickJSSyncVariant,
  post: (message: FromWorker) => void,
  now: () => number,
): (message: ToWorker) => Promise<void> {
  let init: { readonly wasm: WebAssembly.Module; readonly limits: CodeLimits } | undefined
  const programs = new Map<number, CodeProgram>()
  /** Least recently used first. */
  const vms = new Map<number, Vm>()

  async function boot(number: number): Promise<Vm> {
    const program = programs.get(number)
    if (!init || !program) throw new Error(`program ${number} was not sent`)
    const oldest = vms.size >= VMS_KEPT ? vms.keys().next().value : undefined
    if (oldest !== undefined) vms.delete(oldest)
    return createVm(await bootQuickjs(variant, init.wasm, init.limits), program, init.limits)
  }

  async function runBatch(batch: WorkerBatch): Promise<void> {
    for (const [number, program] of batch.programs) programs.set(number, program)

    let answers: string[] = []
    let flushedAt = 0
    const flush = (next: 'booting' | 'running' | 'done') => {
      if (answers.length > 0 || next === 'done') post({ kind: 'answers', answers, done: next === 'done' })
      if (next !== 'done') post({ kind: next })
      answers = []
      flushedAt = now()
    }
    let running = false
    for (const [number, callJson] of batch.calls) {
      let vm = vms.get(number)
      if (!vm) {
        flush('booting')
        running = false
        try {
          vm = await boot(number)
        } catch (error) {
          answers.push(
            refusedText({
              code: 'CODE_OUT_OF_MEMORY',
              message: `the sandbox did not start: ${String(error)}`,
            }),
          )
          continue
        }
      }
      if (!running || now() - flushedAt > FLUSH_MS) flush('running')
      running = true
      answers.push(vm.run(callJson))
      vms.delete(number)
      if (!vm.spent) vms.set(number, vm)
    }
    // only now: a batch may use a program and then make it the oldest
    for (const number of batch.forget) {
      programs.delete(number)
      vms.delete(number)
    }
    flush('done')
  }

  return async (message) => {
    if (message.kind === 'init') init = message
    else await runBatch(message)
  }
}
