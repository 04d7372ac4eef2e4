import type { Socket } from 'socket.io'
import { isWorkbenchError, WorkbenchError } from '@/core/errors'
import { type SubscribeAck, subscribeSchema, type TopicClosed, unsubscribeSchema } from '@/core/protocol'
import { LIMITS } from '../../limits'
import type { Workbench } from '../../workbench'
import { type Backlog, createBacklog } from './backlog'
import type { Hub } from './hub'
import { findTopic } from './open-source'
import type { Listener } from './topic'
import { parseTopic } from './topic-name'

export interface ConnectionParts {
  readonly wb: Workbench
  readonly hub: Hub
  readonly onDefect: (error: unknown) => void
}

/** What one client asks for. Whatever it sends, it gets an answer or nothing: never a throw. */
export function serveConnection(socket: Socket, parts: ConnectionParts): Backlog {
  const { wb, hub } = parts
  const backlog = createBacklog(socket)
  /** By topic. A place is taken as soon as it is asked for; asking again replaces it. */
  const places = new Map<string, Listener>()

  function leave(topic: string): void {
    const listener = places.get(topic)
    if (!listener) return
    places.delete(topic)
    hub.leave(topic, listener)
  }

  async function subscribe(message: unknown, answer: (ack: SubscribeAck) => void): Promise<void> {
    const parsed = subscribeSchema.safeParse(message)
    const name = parsed.success ? parseTopic(parsed.data.topic) : null
    if (!parsed.success || !name) throw invalid(parsed.error?.issues[0])
    const { topic, after } = parsed.data
    leave(topic)
    if (places.size >= LIMITS.subscriptionsPerSocket) {
      throw new WorkbenchError(
        'TOO_MANY_SUBSCRIPTIONS',
        `A connection may listen to ${LIMITS.subscriptionsPerSocket} topics. Leave one first.`,
      )
    }
    const listener: Listener = {
      backlog,
      send: (events) => void socket.emit('events', events),
      enter: () => void socket.join(topic),
      leave: () => void socket.leave(topic),
      end(error) {
        if (places.get(topic) === listener) places.delete(topic)
        socket.emit('closed', { topic, error } satisfies TopicClosed)
      },
    }
    places.set(topic, listener)
    try {
      const found = await findTopic(wb, name)
      // Left, or asked for again, in the meantime.
      if (places.get(topic) !== listener) return answer({ position: after })
      const position = Math.min(after, found.position)
      answer({ position })
      hub.join(topic, name, found, listener, position)
    } catch (error) {
      if (places.get(topic) === listener) places.delete(topic)
      throw error
    }
  }

  socket.on('subscribe', (message: unknown, ack: unknown) => {
    const answer = (value: SubscribeAck) => {
      if (typeof ack === 'function') ack(value)
    }
    subscribe(message, answer).catch((error: unknown) => {
      const known = isWorkbenchError(error)
      if (!known) parts.onDefect(error)
      const code = known ? error.code : 'INTERNAL'
      answer({ error: { code, message: known ? error.message : 'The server met a fault of its own.' } })
    })
  })
  socket.on('unsubscribe', (message: unknown, ack: unknown) => {
    const parsed = unsubscribeSchema.safeParse(message)
    if (parsed.success) leave(parsed.data.topic)
    if (typeof ack !== 'function') return
    ack(parsed.success ? {} : { error: { code: 'TOPIC_INVALID', message: 'Say { topic }.' } })
  })
  socket.on('disconnect', () => {
    for (const topic of [...places.keys()]) leave(topic)
  })
  return backlog
}

function invalid(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined) {
  const where = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''
  return new WorkbenchError(
    'TOPIC_INVALID',
    `Say { topic, after }, with a topic such as run:{id}. ${where}${issue?.message ?? 'unknown topic'}`,
  )
}
