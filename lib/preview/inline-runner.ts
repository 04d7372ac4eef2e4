import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import variant from '@jitl/quickjs-wasmfile-release-sync'
import type { CodeRunner } from '@/core/code/contract'
import { CODE_LIMITS } from '@/core/code/limits'
import { createCodeRunner } from '@/core/code/runner'
import { createWorkerLoop } from '@/core/code/worker-loop'

/** For tests: the real sandbox, its worker's loop run in this thread. Fuel holds; a native hang would not be ended. */
export function createInlineCodeRunner(): CodeRunner {
  const wasmFile = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm')
  return createCodeRunner(
    {
      limits: CODE_LIMITS,
      loadWasm: async () => WebAssembly.compile(await readFile(wasmFile)),
      spawn: async (onMessage, onDeath) => {
        const handle = createWorkerLoop(variant, onMessage, () => performance.now())
        return {
          post: (message) => void handle(message).catch((error) => onDeath(String(error))),
          busy: () => {},
          terminate: () => {},
        }
      },
      after: (ms, act) => {
        const timer = setTimeout(act, ms)
        return () => clearTimeout(timer)
      },
    },
    1,
  )
}
