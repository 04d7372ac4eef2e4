import type { CodeRunner } from '@/core/code/contract'
import { CODE_LIMITS } from '@/core/code/limits'
import type { SandboxHost } from '@/core/code/pool'
import type { FromWorker } from '@/core/code/protocol'
import { createCodeRunner } from '@/core/code/runner'

/**
 * Runs user code in a Web Worker of the page: the preview, by the same bytes as the server.
 * The worker starts when first needed. Nothing is loaded from outside the origin.
 */
export function createPageCodeRunner(): CodeRunner {
  return createCodeRunner(pageHost, 1)
}

const pageHost: SandboxHost = {
  limits: CODE_LIMITS,
  loadWasm: async () => {
    const url = new URL('@jitl/quickjs-wasmfile-release-sync/wasm', import.meta.url)
    return WebAssembly.compileStreaming(fetch(url))
  },
  spawn: async (onMessage, onDeath) => {
    const worker = new Worker(new URL('./page-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => onMessage(event.data))
    worker.addEventListener('error', (event) => onDeath(event.message))
    return {
      post: (message) => worker.postMessage(message),
      busy: () => {},
      terminate: () => worker.terminate(),
    }
  },
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}
