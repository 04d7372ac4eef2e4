import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../support/free-port'

/** DBOS and its PostgreSQL, in a process of their own: what that does when it fails is no business of ours. */
export async function dbos(folder: string, seconds: number): Promise<unknown> {
  const home = mkdtempSync(join(tmpdir(), 'dbos-bench-'))
  try {
    // PostgreSQL runs as another user when this is root, and has to get in.
    chmodSync(home, 0o777)
    const args = [join(folder, 'dbos-saga.mjs'), home, String(await freePort()), String(seconds)]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
      cwd: folder,
      maxBuffer: 2 ** 24,
      timeout: 180_000,
    })
    const last = stdout.trimEnd().split('\n').at(-1) ?? ''
    if (!last.startsWith('{')) throw new Error(`no figures: ${stderr.slice(-300) || 'it ended silently'}`)
    return JSON.parse(last)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
