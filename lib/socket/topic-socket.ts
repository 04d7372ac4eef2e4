import { io, type Socket } from 'socket.io-client'
import type { SubscribeAck, TopicClosed, TopicEvents } from '@/core/protocol'
import { afterPosition } from './after-position'

/**
 * What a listener is told of.
 * `events`: ascending, each once, none left out; `position`: where the listener stands after them.
 */
export interface TopicListener {
  readonly onEvents: (events: readonly unknown[], position: number) => void
  readonly onState?: (connected: boolean) => void
  /** The server refused the topic: it does not exist, or no longer, or there are too many. */
  readonly onRefused?: (code: string, message: string) => void
}

export interface TopicSocket {
  /** @returns what ends the subscription */
  subscribe(topic: string, after: number, listener: TopicListener): () => void
  close(): void
}

interface Entry {
  readonly listener: TopicListener
  position: number
}

interface Topic {
  readonly entries: Set<Entry>
  /** Counts the times we asked. What arrives between an asking and its answer belongs to the one before. */
  asked: number
  open: boolean
}

const RETRY_MS = 1000
const ANSWER_WITHIN_MS = 5000
/** Refusals that asking again does not change. */
const FINAL: readonly string[] = ['TOPIC_INVALID', 'TOPIC_NOT_FOUND', 'TOO_MANY_SUBSCRIPTIONS']

/** News of a read model: its checkpoint stands still while the log runs ahead, and goes back when it is built anew. */
const mayStandStill = (topic: string): boolean => topic.startsWith('projection:')

/**
 * One connection for all topics of a page. It remembers where each listener stands and says so when it comes back
 * after a lost connection, so that nobody above it ever sees a gap or a repeat.
 * @param url where the server is; without it, where the page came from
 */
export function createTopicSocket(url?: string): TopicSocket {
  const options = {
    transports: ['websocket'],
    reconnectionDelay: 200,
    reconnectionDelayMax: 1500,
    randomizationFactor: 0.2,
  }
  const socket: Socket = url === undefined ? io(options) : io(url, { ...options, forceNew: true })
  const topics = new Map<string, Topic>()
  const timers = new Set<ReturnType<typeof setTimeout>>()

  const tell = (connected: boolean) => {
    for (const topic of topics.values())
      for (const entry of topic.entries) entry.listener.onState?.(connected)
  }

  function ask(name: string, topic: Topic): void {
    topic.open = false
    if (!socket.connected || topic.entries.size === 0) return
    topic.asked += 1
    const asked = topic.asked
    const after = Math.min(...[...topic.entries].map((entry) => entry.position))
    socket
      .timeout(ANSWER_WITHIN_MS)
      .emit('subscribe', { topic: name, after }, (late: Error | null, ack?: SubscribeAck) => {
        if (topic.asked !== asked || topics.get(name) !== topic) return
        if (late || !ack) return askAgain(name, topic)
        if ('position' in ack) {
          topic.open = true
          for (const entry of topic.entries) entry.listener.onState?.(true)
          return
        }
        for (const entry of topic.entries) entry.listener.onRefused?.(ack.error.code, ack.error.message)
        if (!FINAL.includes(ack.error.code)) askAgain(name, topic)
      })
  }

  function askAgain(name: string, topic: Topic): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (topics.get(name) === topic && !topic.open) ask(name, topic)
    }, RETRY_MS)
    timers.add(timer)
  }

  socket.on('connect', () => {
    for (const [name, topic] of topics) ask(name, topic)
  })
  socket.on('disconnect', () => {
    for (const topic of topics.values()) topic.open = false
    tell(false)
  })
  socket.on('connect_error', () => tell(false))
  socket.on('events', (message: TopicEvents) => {
    const topic = topics.get(message.topic)
    if (!topic?.open) return
    for (const entry of [...topic.entries]) {
      const events = afterPosition(message, entry.position)
      if (!mayStandStill(message.topic) && message.position <= entry.position) continue
      entry.position = message.position
      if (events.length > 0) entry.listener.onEvents(events, message.position)
    }
  })
  socket.on('closed', ({ topic: name, error }: TopicClosed) => {
    const topic = topics.get(name)
    if (!topic?.open) return
    topic.open = false
    for (const entry of [...topic.entries]) entry.listener.onRefused?.(error.code, error.message)
  })

  return {
    subscribe(name, after, listener) {
      const entry: Entry = { listener, position: after }
      const topic = topics.get(name) ?? { entries: new Set<Entry>(), asked: 0, open: false }
      topics.set(name, topic)
      const stands = [...topic.entries][0]?.position
      topic.entries.add(entry)
      // A second listener further back: asked anew from where it stands; the others leave out what they have.
      if (!topic.open || stands === undefined || after < stands) ask(name, topic)
      else listener.onState?.(true)
      return () => {
        if (!topic.entries.delete(entry) || topic.entries.size > 0) return
        topics.delete(name)
        if (socket.connected) socket.emit('unsubscribe', { topic: name })
      }
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      topics.clear()
      socket.disconnect()
    },
  }
}
