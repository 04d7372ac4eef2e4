import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'

/**
 * The outside witness: a process of its own, which nobody kills, with a file of its own. `POST /acknowledged` writes down
 * what a caller was told; `POST /effects/{name}` is a service that sagas call, and writes down each call with its
 * Idempotency-Key. Each is on disk before it is answered. It says `ready` and where.
 */
const file = openSync(process.argv[2] ?? '', 'a')

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function writeDown(record: unknown): void {
  writeSync(file, `${JSON.stringify(record)}\n`)
  fsyncSync(file)
}

const server = createServer((request, response) => {
  textOf(request)
    .then((text) => {
      const [, kind, name] = (request.url ?? '').split('/')
      if (kind === 'acknowledged') writeDown(JSON.parse(text))
      else writeDown({ kind: 'effect', name, key: request.headers['idempotency-key'] ?? null })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      response.writeHead(500).end()
    })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  process.stdout.write(`ready http://127.0.0.1:${port}\n`)
})
process.on('SIGTERM', () => {
  closeSync(file)
  process.exit(0)
})
process.stdin.on('end', () => process.exit(0)).resume()
