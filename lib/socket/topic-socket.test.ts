import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTopicSocket, type TopicSocket } from './topic-socket'

/** A log of numbered events behind real sockets, by the protocol: what is missed first, then what happens. */
interface LogServer {
  readonly port: number
  append(count: number): void
  /** As when what a topic was about is deleted. */
  end(topic: string): void
  readonly asked: { readonly topic: string; readonly after: number }[]
  kill(): Promise<void>
}

const log: { version: number }[] = []

async function serve(port = 0): Promise<LogServer> {
  const http: HttpServer = createServer()
  const server = new Server(http, { transports: ['websocket'] })
  const asked: { topic: string; after: number }[] = []
  const following = new Map<string, { socket: Socket; topic: string; position: number }>()
  const flush = () => {
    for (const follower of following.values()) {
      const events = log.slice(follower.position)
      follower.position = log.length
      if (events.length > 0) {
        follower.socket.emit('events', { topic: follower.topic, events, position: log.length })
      }
    }
  }
  server.on('connection', (socket) => {
    socket.on('subscribe', ({ topic, after }, ack) => {
      asked.push({ topic, after })
      if (topic === 'run:nobody') return ack({ error: { code: 'TOPIC_NOT_FOUND', message: 'no such run' } })
      ack({ position: after })
      following.set(`${socket.id} ${topic}`, { socket, topic, position: after })
      flush()
    })
    socket.on('unsubscribe', ({ topic }) => following.delete(`${socket.id} ${topic}`))
    socket.on('disconnect', () => {
      for (const [key, follower] of following) if (follower.socket === socket) following.delete(key)
    })
  })
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  return {
    port: (http.address() as AddressInfo).port,
    asked,
    append: (count) => {
      for (let index = 0; index < count; index += 1) log.push({ version: log.length + 1 })
      flush()
    },
    end: (topic) =>
      void server.emit('closed', { topic, error: { code: 'TOPIC_NOT_FOUND', message: 'deleted' } }),
    kill: async () => {
      await server.close()
    },
  }
}

const open: (TopicSocket | { close(): void })[] = []
let server: LogServer | undefined

function connect(port: number): TopicSocket {
  const socket = createTopicSocket(`http://127.0.0.1:${port}`)
  open.push(socket)
  return socket
}

/** A listener that keeps what it was told. */
function witness() {
  const seen: number[] = []
  const states: boolean[] = []
  const refusals: string[] = []
  return {
    seen,
    states,
    refusals,
    onEvents: (events: readonly unknown[]) => {
      seen.push(...(events as { version: number }[]).map(({ version }) => version))
    },
    onState: (connected: boolean) => void states.push(connected),
    onRefused: (code: string) => void refusals.push(code),
  }
}

const upTo = (last: number, after = 0) =>
  Array.from({ length: last - after }, (_, index) => after + index + 1)

describe('the topic socket', () => {
  afterEach(async () => {
    for (const one of open.splice(0)) one.close()
    await server?.kill()
    log.length = 0
  })

  it('gives what came after the position first and what happens then', async () => {
    server = await serve()
    server.append(5)
    const a = witness()
    connect(server.port).subscribe('run:a', 2, a)
    await vi.waitFor(() => expect(a.seen).toEqual([3, 4, 5]))
    server.append(2)
    await vi.waitFor(() => expect(a.seen).toEqual([3, 4, 5, 6, 7]))
  })

  it('says where it was after the server was killed: no gap, no repeat', async () => {
    const first = await serve()
    first.append(3)
    const a = witness()
    connect(first.port).subscribe('run:a', 0, a)
    await vi.waitFor(() => expect(a.seen).toEqual(upTo(3)))
    await first.kill()
    await vi.waitFor(() => expect(a.states.at(-1)).toBe(false))
    for (let index = 0; index < 4; index += 1) log.push({ version: log.length + 1 })
    server = await serve(first.port)
    await vi.waitFor(() => expect(a.seen).toEqual(upTo(7)), { timeout: 10_000 })
    expect(server.asked).toEqual([{ topic: 'run:a', after: 3 }])
    expect(a.states.at(-1)).toBe(true)
  })

  it('serves a second listener further back without repeating to the first', async () => {
    server = await serve()
    server.append(6)
    const socket = connect(server.port)
    const a = witness()
    const b = witness()
    socket.subscribe('run:a', 0, a)
    await vi.waitFor(() => expect(a.seen).toEqual(upTo(6)))
    socket.subscribe('run:a', 4, b)
    await vi.waitFor(() => expect(b.seen).toEqual([5, 6]))
    server.append(1)
    await vi.waitFor(() => expect(b.seen).toEqual([5, 6, 7]))
    expect(a.seen).toEqual(upTo(7))
  })

  it('says of a topic that ends that it is refused, and of no other', async () => {
    server = await serve()
    const socket = connect(server.port)
    const [a, b] = [witness(), witness()]
    socket.subscribe('run:a', 0, a)
    socket.subscribe('run:b', 0, b)
    server.append(1)
    await vi.waitFor(() => expect([a.seen, b.seen]).toEqual([[1], [1]]))
    server.end('run:a')
    server.append(1)
    await vi.waitFor(() => expect(b.seen).toEqual([1, 2]))
    expect([a.refusals, b.refusals, a.seen]).toEqual([['TOPIC_NOT_FOUND'], [], [1]])
  })

  it('hears nothing more of a topic it left, and can come back to it', async () => {
    server = await serve()
    const socket = connect(server.port)
    const a = witness()
    const b = witness()
    const leave = socket.subscribe('run:a', 0, a)
    server.append(1)
    await vi.waitFor(() => expect(a.seen).toEqual([1]))
    leave()
    socket.subscribe('run:a', 1, b)
    await vi.waitFor(() => expect(b.states).toContain(true))
    server.append(2)
    await vi.waitFor(() => expect(b.seen).toEqual([2, 3]))
    expect(a.seen).toEqual([1])
  })

  it('tells of a topic that does not exist and does not ask again', async () => {
    server = await serve()
    const a = witness()
    const b = witness()
    const socket = connect(server.port)
    socket.subscribe('run:nobody', 0, a)
    await vi.waitFor(() => expect(a.refusals).toEqual(['TOPIC_NOT_FOUND']))
    socket.subscribe('run:a', 0, b)
    await vi.waitFor(() => expect(b.states).toContain(true))
    expect(server.asked.map(({ topic }) => topic)).toEqual(['run:nobody', 'run:a'])
  })
})
