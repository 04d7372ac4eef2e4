/**
 * A page of a log of 1,000,000 events at position 900,000, through the queries that the interface calls, beside the same
 * rows read with the same SQLite and nothing else. And a search through all of them: how long it takes, and how long
 * nobody else has a turn meanwhile.
 * `npx tsx bench/log-bench.ts [events, default 1000000]`; its last line is JSON.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { designEvents, logExtent, logMatches, rankedEvents } from '@/server/queries/log'
import { openWorkbench, type Workbench } from '@/server/workbench'
import { inFolder } from './support/in-folder'
import { openRaw } from './support/raw-database'
import { summarize } from './support/rounds'
import { seedLog } from './support/seed-log'

const events = Number(process.argv[2] ?? 1_000_000)
const at = Math.floor(events * 0.9)
const LIMIT = 100
const TIMES = 500

async function timed(times: number, once: () => unknown) {
  const durations: number[] = []
  const start = performance.now()
  for (let index = 0; index < times; index += 1) {
    const before = performance.now()
    await once()
    durations.push(performance.now() - before)
  }
  return summarize(durations, performance.now() - start)
}

async function raw(path: string, designId: string) {
  const db = await openRaw(path)
  const select = db.prepare(
    'SELECT * FROM Event WHERE designId = ? AND position > ? ORDER BY position LIMIT ?',
  )
  const answer = await timed(TIMES, () => {
    const rows = select.all([designId, at, LIMIT]) as readonly { readonly data: string }[]
    if (rows.map(({ data }) => JSON.parse(data)).length !== LIMIT) throw new Error('a page is missing')
  })
  db.close()
  return answer
}

/** Looks at every event for a text that none has. */
async function searchAll(wb: Workbench, designId: string) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const start = performance.now()
  let calls = 0
  for (let after: number | null = 0; after !== null; calls += 1)
    after = (await logMatches(wb, designId, { after, filter: { text: 'nowhere to be found' } })).next
  const seconds = Number(((performance.now() - start) / 1_000).toFixed(2))
  delay.disable()
  return { seconds, calls, longestTurnMs: Number((delay.max / 1e6).toFixed(1)) }
}

const answer = await inFolder(async (path) => {
  const designId = await seedLog(path, events)
  const wb = await openWorkbench({ databaseUrl: `file:${path}`, onDefect: (error) => console.error(error) })
  const forwards = { direction: 'forwards', limit: LIMIT } as const
  const firstExtent = await timed(1, () => logExtent(wb, designId, {}))
  const lines = {
    page: await timed(TIMES, () => designEvents(wb, designId, { ...forwards, after: at, filter: {} })),
    pageBackwards: await timed(TIMES, () =>
      designEvents(wb, designId, { direction: 'backwards', limit: LIMIT, before: at, filter: {} }),
    ),
    pageByRank: await timed(TIMES, () => rankedEvents(wb, designId, { rank: at, limit: LIMIT })),
    pageOfOneStream: await timed(TIMES, () =>
      designEvents(wb, designId, { ...forwards, after: at, filter: { stream: 'Order-7' } }),
    ),
    jumpToTime: await timed(TIMES, () => logExtent(wb, designId, { time: Date.now() - 200_000 })),
    countAllOnceMs: firstExtent.p50Ms,
    search: await searchAll(wb, designId),
  }
  await wb.close()
  return { events, at, limit: LIMIT, ...lines, raw: await raw(path, designId) }
})
console.log(JSON.stringify(answer))
