import { parentPort, workerData } from 'node:worker_threads'
import { Driver } from './driver'
import type { Answer, Question } from './thread-db'

/** The entry of a connection's thread. Built to `.build/server/store-thread.mjs`, beside the server. */
const port = parentPort
if (!port) throw new Error('a connection has a thread of its own')

let driver: Driver | null = null

port.on('message', (question: Question) => {
  if (question === 'close') {
    driver?.close()
    port.close()
    return
  }
  try {
    port.postMessage({ value: answer(question) } satisfies Answer)
  } catch (error) {
    port.postMessage({ error: told(error) } satisfies Answer)
  }
})

function answer(question: Exclude<Question, 'close'>): unknown {
  // With the first question: what is wrong with the file is then what that is answered with.
  driver ??= new Driver(workerData.path)
  switch (question[0]) {
    case 'query':
      return driver.query(question[1], question[2])
    case 'execute':
      return driver.execute(question[1], question[2])
    case 'script':
      return driver.script(question[1], question[2])
  }
}

/** What `sqliteFault` looks at: an error of the driver's own loses it on its way between threads. */
function told(error: unknown): { readonly message: string; readonly rawCode?: number } {
  const message = error instanceof Error ? error.message : String(error)
  const rawCode = error instanceof Error ? Reflect.get(error, 'rawCode') : undefined
  return typeof rawCode === 'number' ? { message, rawCode } : { message }
}
