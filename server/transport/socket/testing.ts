import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import type { EventAnswer, SubscribeAck, TopicClosed, TopicEvents } from '@/core/protocol'
import { openTestWorkbench, type TestWorkbench } from '../../engine/testing'
import { knownHosts } from '../known-hosts'
import { attachSockets, type Sockets } from './attach'

export interface LiveServer {
  readonly wb: TestWorkbench
  readonly sockets: Sockets
  readonly http: Server
  readonly url: string
  readonly faults: unknown[]
  client(): Promise<Client>
  close(): Promise<void>
}

/** A client that keeps what it is told. */
export interface Client {
  readonly socket: Socket
  readonly messages: readonly TopicEvents[]
  /** Topics that ended. */
  readonly closed: readonly TopicClosed[]
  subscribe(topic: string, after?: number): Promise<SubscribeAck>
  /** Resolves as soon as what it was told is enough. */
  until(enough: (messages: readonly TopicEvents[]) => boolean): Promise<void>
  /** Versions of the events of a topic, as they came. */
  versions(topic: string): readonly number[]
}

/** A workbench and its sockets behind a port of their own. */
export async function serveLive(path?: string): Promise<LiveServer> {
  const wb = await openTestWorkbench(path)
  const http = createServer((_request, response) => void response.writeHead(404).end())
  const faults: unknown[] = []
  const sockets = attachSockets(http, wb, {
    isKnownHost: knownHosts(['.workbench.example']),
    onDefect: (error) => void faults.push(error),
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const clients: Client[] = []
  return {
    wb,
    sockets,
    http,
    url,
    faults,
    async client() {
      const client = await connect(url)
      clients.push(client)
      return client
    },
    async close() {
      for (const { socket } of clients) socket.disconnect()
      await sockets.close()
      await new Promise<void>((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      })
      await wb.close()
    },
  }
}

export async function connect(url: string): Promise<Client> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
  const messages: TopicEvents[] = []
  const closed: TopicClosed[] = []
  socket.on('closed', (message: TopicClosed) => void closed.push(message))
  const waiting = new Set<() => void>()
  socket.on('events', (message: TopicEvents) => {
    messages.push(message)
    for (const check of waiting) check()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return {
    socket,
    messages,
    closed,
    subscribe: (topic, after = 0) => socket.emitWithAck('subscribe', { topic, after }),
    until: (enough) =>
      new Promise((resolve) => {
        const check = () => {
          if (!enough(messages)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    versions: (topic) =>
      messages
        .filter((message) => message.topic === topic)
        .flatMap((message) => (message.events as readonly EventAnswer[]).map(({ version }) => version)),
  }
}

export const upTo = (last: number, after = 0): readonly number[] =>
  Array.from({ length: last - after }, (_, index) => after + index + 1)
