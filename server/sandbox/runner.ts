import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { CodeRunner } from '@/core/code/contract'
import { CODE_LIMITS, type CodeLimits } from '@/core/code/limits'
import type { SandboxHost } from '@/core/code/pool'
import type { FromWorker } from '@/core/code/protocol'
import { createCodeRunner } from '@/core/code/runner'
import { workerFile } from '../worker-file'

const require = createRequire(import.meta.url)

/**
 * Runs user code in worker threads.
 * @param options.size threads; they start when first needed, and do not keep the process alive
 */
export function createServerCodeRunner(
  options: { readonly size?: number; readonly limits?: Partial<CodeLimits> } = {},
): CodeRunner {
  const limits = { ...CODE_LIMITS, ...options.limits }
  const host: SandboxHost = {
    limits,
    loadWasm: async () =>
      WebAssembly.compile(await readFile(require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'))),
    spawn: async (onMessage, onDeath) => {
      const thread = new Worker(workerFile('sandbox-worker'), {
        // it needs neither, and user code must find neither should it ever get out
        env: {},
        argv: [],
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: 128, stackSizeMb: 4 },
      })
      let busy = false
      const keepAlive = () => (busy ? thread.ref() : thread.unref())
      thread.on('message', (message: FromWorker) => onMessage(message))
      thread.on('error', (error) => onDeath(String(error)))
      thread.on('exit', (code) => onDeath(`exit code ${code}`))
      // not before its listeners are there, and again once it runs: both take a reference of their own
      keepAlive()
      thread.once('online', keepAlive)
      return {
        post: (message) => thread.postMessage(message),
        busy: (now) => {
          busy = now
          keepAlive()
        },
        terminate: () => void thread.terminate(),
      }
    },
    after: (ms, act) => {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  }
  return createCodeRunner(host, options.size ?? 2)
}
