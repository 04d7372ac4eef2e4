/**
 * How fast a projection catches up: events/s from a long log through the sandbox into rows on disk, beside the same fold
 * as plain JavaScript in memory, on the same log in the same run; and how long after an append its row is with a client.
 *
 * `npx tsx bench/projection-bench.ts [events, default 100000] [live seconds, default 5]`; its last line is JSON.
 * `npm run bench -- --events=1000000` makes the log as long.
 */
import { measureCatchUp } from './projection/catch-up'
import { measureLive } from './projection/live'
import { fillLog } from './projection/long-log'
import { inFolder } from './support/in-folder'

const events = Number(process.argv[2] ?? 100_000)
const seconds = Number(process.argv[3] ?? 5)
const LIVE_PER_SECOND = 500

const result = await inFolder(async (path) => {
  process.stderr.write(`writing ${events} events\n`)
  const log = await fillLog(path, events)
  const catchUp = await measureCatchUp(path, log)
  process.stderr.write(`catch-up: ${JSON.stringify(catchUp)}\n`)
  const live = await measureLive(path, log, { perSecond: LIVE_PER_SECOND, seconds })
  process.stderr.write(`append to row in a client: ${JSON.stringify(live)}\n`)
  return { catchUp, live }
})
process.stdout.write(`${JSON.stringify(result)}\n`)
