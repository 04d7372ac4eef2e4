import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Variant } from './bench-design'
import { type Appends, openRawLog, type RawRow, rawRow } from './raw-rows'

/** What the process is told with its first message. It answers with the port. */
export interface RawServerOrder {
  readonly path: string
  readonly appends: Readonly<Record<Variant, Appends>>
}

/**
 * The ceiling over HTTP, in a process of its own: a request a saga, which is answered when its last append is on disk.
 * Appends that wait share a commit. Nothing is interpreted, checked, kept or told.
 */
export async function serveRaw(): Promise<void> {
  const [order] = await once(process, 'message')
  const { path, appends }: RawServerOrder = order
  const log = await openRawLog(path)
  let position = 0
  let sagas = 0
  let waiting: { readonly rows: readonly RawRow[]; readonly done: () => void }[] = []

  function commit(): void {
    const batch = waiting
    waiting = []
    log.write(batch.flatMap(({ rows }) => rows))
    for (const { done } of batch) done()
  }

  const append = (rows: readonly RawRow[]): Promise<void> =>
    new Promise((done) => {
      if (waiting.length === 0) setImmediate(commit)
      waiting.push({ rows, done })
    })

  async function run(variant: Variant): Promise<void> {
    sagas += 1
    const saga = sagas
    for (const events of appends[variant])
      await append(events.map((event) => rawRow(event, saga, ++position)))
  }

  const server = createServer(async (request, response) => {
    const { variant } = await bodyOf(request)
    await run(variant)
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ status: 'ended' }))
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(typeof address === 'object' ? address?.port : 0)
  })
  process.once('disconnect', () => process.exit(0))
}

function bodyOf(request: IncomingMessage): Promise<{ readonly variant: Variant }> {
  return new Promise((resolve) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => resolve(JSON.parse(text)))
  })
}
