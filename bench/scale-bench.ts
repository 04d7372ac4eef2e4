/**
 * What many unfinished runs cost the real server: memory with none, 1,000 and 10,000 of them, and once those that wait
 * have been let go of; how long it takes to be back after a SIGKILL with 10,000 that only wait, and with 10,000 whose
 * call was under way, each of which is folded from its events; and how late its event loop is while 500 sagas a second
 * run and a page is open. `npm run bench scale`, which builds the server first; its last line is JSON.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { benchDesign, startOf } from './saga/bench-design'
import { inFolder } from './support/in-folder'
import { type RealServer, startServer } from './support/real-server'
import { drive } from './support/rounds'

const runs = Number(process.argv[2] ?? 10_000)
const FEWER = 1_000
const PER_SECOND = 500
const SECONDS = 10
const IN_MEMORY = 'workbench_runs_in_memory'
const BOUNDS_MS = [1, 2.5, 5, 10, 20, 50, 100, 250, 500, 1_000, 5_000]

const MONTH_MS = 30 * 24 * 3_600_000
const saga = (node: object) => ({
  formatVersion: 1,
  name: 'Waiting',
  services: [{ id: 'slow', operations: [{ id: 'call', latency: { type: 'fixed', ms: 3_600_000 } }] }],
  sagas: [
    {
      id: 'main',
      nodes: [
        { id: 'start', type: 'start' },
        { id: 'node', ...node },
        { id: 'end', type: 'end' },
      ],
      edges: [
        { id: 'e1', from: 'start', to: 'node' },
        { id: 'e2', from: 'node', to: 'end' },
      ],
    },
  ],
})
const waits = saga({ type: 'wait', durationMs: MONTH_MS })
const calls = saga({ type: 'step', action: { type: 'call', service: 'slow', operation: 'call' } })

async function startMany(server: RealServer, designId: string, count: number): Promise<void> {
  let left = count
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await server.post(`/api/designs/${designId}/runs`, { saga: 'main', input: {} })
    }
  }
  await Promise.all(Array.from({ length: 50 }, worker))
}

/** Mebibytes, once what was just allocated has had time to go. */
async function memory(server: RealServer): Promise<number> {
  await pause(3_000)
  return Math.round((await server.metric('process_resident_memory_bytes')) / 2 ** 20)
}

async function until(server: RealServer, inMemory: number): Promise<void> {
  while ((await server.metric(IN_MEMORY)) !== inMemory) await pause(20)
}

const delays = (server: RealServer): Promise<readonly number[]> =>
  Promise.all(
    BOUNDS_MS.map((ms) => server.metric(`workbench_event_loop_delay_seconds_bucket{le="${ms / 1_000}"}`)),
  )

/** Sagas at a steady pace, the page open. @returns how many there were a second, and below what 99 % of the delays were */
async function eventLoop(server: RealServer) {
  const { id } = await server.post('/api/designs', { document: benchDesign })
  const closePage = await server.page(id)
  await drive(
    20,
    2,
    async () => void (await server.post(`/api/designs/${id}/runs?wait=30`, startOf('succeeds'))),
  )
  const before = await delays(server)
  const began = performance.now()
  const under: Promise<unknown>[] = []
  while (under.length < PER_SECOND * SECONDS) {
    const due = Math.min(PER_SECOND * SECONDS, ((performance.now() - began) * PER_SECOND) / 1_000)
    while (under.length < due) under.push(server.post(`/api/designs/${id}/runs?wait=30`, startOf('succeeds')))
    await pause(2)
  }
  await Promise.all(under)
  const perSecond = Math.round((under.length * 1_000) / (performance.now() - began))
  const counts = (await delays(server)).map((count, index) => count - (before[index] ?? 0))
  const looks = counts.at(-1) ?? 0
  const below = (share: number) => BOUNDS_MS[counts.findIndex((count) => count >= looks * share)] ?? null
  closePage()
  return { perSecond, looks, p50BelowMs: below(0.5), p99BelowMs: below(0.99) }
}

const waiting = await inFolder(async (path) => {
  const server = await startServer(path)
  const { id } = await server.post('/api/designs', { document: waits })
  const none = await memory(server)
  await startMany(server, id, FEWER)
  const fewer = await memory(server)
  await startMany(server, id, runs - FEWER)
  await until(server, runs)
  const all = await memory(server)
  await until(server, 0)
  const letGo = await memory(server)
  const loop = await eventLoop(server)
  await server.end('SIGKILL')
  const back = await startServer(path)
  const backMemory = await memory(back)
  await back.end('SIGTERM')
  return {
    residentMiB: { 0: none, [FEWER]: fewer, [runs]: all, letGo, afterRestart: backMemory },
    eventLoop: loop,
    recovery: { readyMs: back.readyMs },
  }
})
const calling = await inFolder(async (path) => {
  const server = await startServer(path)
  const { id } = await server.post('/api/designs', { document: calls })
  await startMany(server, id, runs)
  await server.end('SIGKILL')
  const began = performance.now()
  const back = await startServer(path)
  await until(back, runs)
  const allMs = Math.round(performance.now() - began)
  await back.end('SIGKILL')
  return { readyMs: back.readyMs, allMs }
})
console.log(
  JSON.stringify({
    runs,
    residentMiB: waiting.residentMiB,
    eventLoop: waiting.eventLoop,
    recovery: { waiting: waiting.recovery, calling },
  }),
)
