import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { Socket } from 'node:net'

/** A WebSocket by hand: it can send what no client would, and stop reading. */
export interface RawClient {
  readonly socket: Socket
  /** Text messages, as they came. */
  readonly received: readonly string[]
  /** One text frame; or any bytes at all with `bytes`. */
  text(message: string): void
  bytes(bytes: Buffer): void
  until(enough: (received: readonly string[]) => boolean): Promise<void>
  /** Resolves when the server has hung up. */
  readonly closed: Promise<void>
}

/** @returns the status when the server refuses */
export function openRaw(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  path = '/socket.io/?EIO=4&transport=websocket',
): Promise<RawClient | number> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asking = request({
      hostname,
      port,
      path,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        ...headers,
      },
    })
    asking.on('upgrade', (_answer, socket, head) => resolve(rawClient(socket as Socket, head)))
    asking.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asking.on('error', reject)
    asking.end()
  })
}

function rawClient(socket: Socket, head: Buffer): RawClient {
  const received: string[] = []
  const waiting = new Set<() => void>()
  let chunks: Buffer = Buffer.from(head)
  const take = (chunk: Buffer) => {
    chunks = Buffer.concat([chunks, chunk])
    for (let frame = readFrame(chunks); frame; frame = readFrame(chunks)) {
      chunks = chunks.subarray(frame.bytes)
      if (frame.isClose) {
        socket.end()
        return
      }
      // An engine.io ping wants its pong, or the server hangs up.
      if (frame.text === '2') write('3')
      else received.push(frame.text)
    }
    for (const check of waiting) check()
  }
  const write = (message: string) => void socket.write(frameOf(Buffer.from(message)))
  socket.on('data', take)
  socket.on('error', () => undefined)
  if (head.length > 0) take(Buffer.alloc(0))
  return {
    socket,
    received,
    text: write,
    bytes: (bytes) => void socket.write(bytes),
    until: (enough) =>
      new Promise((resolve) => {
        const check = () => {
          if (!enough(received)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  }
}

/** A masked text frame, as a client must send it. */
export function frameOf(payload: Buffer): Buffer {
  const mask = randomBytes(4)
  const long = payload.length > 125
  const header = long ? Buffer.alloc(10) : Buffer.alloc(2)
  header[0] = 0x81
  header[1] = 0x80 | (long ? 127 : payload.length)
  if (long) header.writeBigUInt64BE(BigInt(payload.length), 2)
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
  return Buffer.concat([header, mask, masked])
}

/** The first whole frame, or null while it has not all come. Frames of a server are not masked. */
function readFrame(
  bytes: Buffer,
): { readonly text: string; readonly bytes: number; readonly isClose: boolean } | null {
  if (bytes.length < 2) return null
  const short = (bytes[1] ?? 0) & 0x7f
  const header = short === 127 ? 10 : short === 126 ? 4 : 2
  if (bytes.length < header) return null
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short
  if (bytes.length < header + length) return null
  const text = bytes.subarray(header, header + length).toString('utf8')
  return { text, bytes: header + length, isClose: ((bytes[0] ?? 0) & 0x0f) === 8 }
}
