import { parentPort } from 'node:worker_threads'
import variant from '@jitl/quickjs-wasmfile-release-sync'
import { createWorkerLoop } from '@/core/code/worker-loop'

/** The entry of a sandbox thread. Built to `.build/server/sandbox-worker.mjs`, beside the server. */
const port = parentPort
if (!port) throw new Error('the sandbox worker runs in a worker thread')
port.on(
  'message',
  createWorkerLoop(
    variant,
    (message) => port.postMessage(message),
    () => performance.now(),
  ),
)
