/**
 * The same saga on what people compare us with, on the same machine in the same run: Restate over HTTP, DBOS in process
 * on PostgreSQL. They are installed in bench/peers, on the first run. One that cannot be had or started is told with
 * why, and the rest goes on. `npx tsx bench/peers-bench.ts [seconds per round, default 2]`; its last line is JSON.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { dbos } from './peers/dbos'
import { restate } from './peers/restate'

const seconds = Number(process.argv[2] ?? 2)
const folder = resolve('bench/peers')

async function install(): Promise<void> {
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false']
  await promisify(execFile)(npm, args, { cwd: folder })
}

/** A peer's figures, or why there are none. */
async function measured(measure: () => Promise<unknown>): Promise<unknown> {
  try {
    return await measure()
  } catch (error) {
    return { skipped: error instanceof Error ? error.message : String(error) }
  }
}

const installed = await measured(install)
const figures = installed === undefined
const answer = {
  seconds,
  restate: figures ? await measured(() => restate(folder, seconds)) : installed,
  dbos: figures ? await measured(() => dbos(folder, seconds)) : installed,
}
console.log(JSON.stringify(answer))
process.exit(0)
