import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTopicSocket } from './topic-socket'

const TOPIC = 'projection:d/orders'
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

/** Follows the topic and gives the checkpoint and head of every message that reached the page. */
async function follow() {
  const http = createServer()
  const server = new Server(http, { transports: ['websocket'] })
  const followers: Socket[] = []
  server.on('connection', (socket) =>
    socket.on('subscribe', (_ask, ack) => {
      ack({ position: 5 })
      followers.push(socket)
    }),
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const socket = createTopicSocket(`http://127.0.0.1:${(http.address() as AddressInfo).port}`)
  open.push(socket, server)
  const seen: unknown[] = []
  socket.subscribe(TOPIC, 5, { onEvents: (events) => void seen.push(...events) })
  await vi.waitFor(() => expect(followers).toHaveLength(1))
  const tell = (checkpoint: number, head: number) =>
    followers[0]?.emit('events', { topic: TOPIC, events: [{ checkpoint, head }], position: checkpoint })
  return { seen, tell }
}

describe('the topic of a read model', () => {
  it('tells of the write side running ahead while the checkpoint stands still, and of a rebuild that goes back', async () => {
    const { seen, tell } = await follow()
    tell(5, 6)
    tell(5, 7)
    tell(7, 7)
    tell(2, 7)
    await vi.waitFor(() => expect(seen).toHaveLength(4))
    expect(seen).toEqual([
      { checkpoint: 5, head: 6 },
      { checkpoint: 5, head: 7 },
      { checkpoint: 7, head: 7 },
      { checkpoint: 2, head: 7 },
    ])
  })
})
