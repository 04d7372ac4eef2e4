import type { Server as HttpServer } from 'node:http'
import type { Socket as TcpSocket } from 'node:net'
import { Server } from 'socket.io'
import { LIMITS } from '../../limits'
import { refuseUpgrade } from '../../web/problem-response'
import type { Workbench } from '../../workbench'
import { hostNotAllowed, type IsKnownHost } from '../known-hosts'
import { forbiddenOrigin, isSameOrigin } from '../same-origin'
import type { Backlog } from './backlog'
import { serveConnection } from './connection'
import { Hub } from './hub'

export interface SocketOptions {
  readonly isKnownHost: IsKnownHost
  /** Told of defects: faults that are ours, not a caller's. */
  readonly onDefect: (error: unknown) => void
}

export interface Sockets {
  /** Clients that are connected. */
  readonly connections: number
  /** Topics listened to, each client's counted. */
  readonly subscriptions: number
  /** Topics that somebody listens to. */
  readonly topics: number
  /** Events that clients have been sent and have not taken. */
  readonly unsent: number
  /** Ends every connection. The http server goes on. */
  close(): Promise<void>
}

/**
 * Adds the live path to an http server, at `/socket.io/`: clients follow topics from a position on.
 * @see docs/semantics.md#live
 */
export function attachSockets(
  http: HttpServer,
  wb: Workbench,
  { isKnownHost, onDefect }: SocketOptions,
): Sockets {
  const open = new Set<TcpSocket>()
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: LIMITS.socketMessageBytes,
    allowRequest({ headers, socket }, decide) {
      // Answered here and never decided: Socket.IO would refuse every upgrade with 400 and no more than a word.
      if (!isKnownHost(headers)) return refuseUpgrade(socket, hostNotAllowed(headers.host))
      if (!isSameOrigin(headers)) return refuseUpgrade(socket, forbiddenOrigin(headers.origin))
      if (!open.has(socket)) socket.once('close', () => open.delete(socket))
      open.add(socket)
      decide(null, true)
    },
  })
  const hub = new Hub({
    wb,
    onDefect,
    toRoom: (message) => void io.to(message.topic).emit('events', message),
  })
  const backlogs = new Set<Backlog>()
  io.on('connection', (socket) => {
    const backlog = serveConnection(socket, { wb, hub, onDefect })
    backlogs.add(backlog)
    socket.on('disconnect', () => backlogs.delete(backlog))
  })
  return {
    get connections() {
      return io.of('/').sockets.size
    },
    get subscriptions() {
      return hub.listeners
    },
    get topics() {
      return hub.size
    },
    get unsent() {
      return [...backlogs].reduce((sum, { events }) => sum + events, 0)
    },
    async close() {
      hub.close()
      // Not io.close(): that would close the http server too, which is not ours.
      io.disconnectSockets(true)
      io.engine.close()
      // A client that does not answer the closing would hold it up for half a minute.
      for (const socket of open) socket.destroySoon()
    },
  }
}
