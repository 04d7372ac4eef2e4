import variant from '@jitl/quickjs-wasmfile-release-sync'
import type { ToWorker } from '@/core/code/protocol'
import { createWorkerLoop } from '@/core/code/worker-loop'

/** The entry of the page's sandbox worker. */
const handle = createWorkerLoop(
  variant,
  (message) => self.postMessage(message),
  () => performance.now(),
)
self.addEventListener('message', (event: MessageEvent<ToWorker>) => void handle(event.data))
