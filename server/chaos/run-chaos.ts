import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createCaller } from './caller'
import { driveLoad } from './load'
import { readRecords } from './records'
import { seededDraws } from './seeded'
import { bundleServer, type ServerProcess, startProcess, startServer } from './server-process'
import { type Verdict, verify } from './verify'

export interface ChaosOptions {
  readonly seed: string
  /** How long the load lasts; the kills are spread over it. */
  readonly seconds: number
  readonly kills: number
  readonly workers: number
  readonly pauseMs: number
  /** Told of each kill. */
  readonly onKill?: (kills: number, secondsLeft: number) => void
}

export interface ChaosReport extends Verdict {
  readonly seed: string
  readonly seconds: number
  readonly kills: number
  /** Kills that struck before the server had said that it serves. */
  readonly killsWhileStarting: number
  /** Faults of its own that a server spoke of. */
  readonly defects: readonly string[]
}

/** How long unfinished runs may take once nobody kills any more. */
const DRAIN_MS = 120_000

/**
 * A server under load, killed at random instants and started again, until time is up; then everything is waited for and
 * held against what the witness wrote down.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), 'saga-chaos-'))
  const databasePath = join(folder, 'chaos.db')
  const recordsPath = join(folder, 'witness.jsonl')
  const { server: serverFile, witness: witnessFile } = bundleServer()
  const witness = startProcess(witnessFile, [recordsPath])
  const witnessUrl = await witness.ready
  if (witnessUrl === null) throw new Error(`the witness ended: ${witness.said()}`)

  const begun = performance.now()
  const elapsedMs = () => performance.now() - begun
  const going = () => elapsedMs() < options.seconds * 1_000
  const defects: string[] = []
  let url = ''
  let port = 0
  let kills = 0
  let killsWhileStarting = 0
  let server: ServerProcess

  const http = { allow: [new URL(witnessUrl).host] }
  const boot = () =>
    startServer(serverFile, { port, workbench: { databaseUrl: `file:${databasePath}`, http } })
  function heard(one: ServerProcess): void {
    for (const [line] of one.said().matchAll(/^(?:defect|LEASE_|STORE_|MIGRATION_).*$/gm)) defects.push(line)
  }
  async function serve(one: ServerProcess): Promise<void> {
    const found = await one.ready
    if (found === null) throw new Error(`the server did not start: ${one.said()}`)
    url = found
    port = Number(new URL(found).port)
  }

  server = boot()
  try {
    await serve(server)
    const load = driveLoad({ ...options, caller: createCaller(() => url, witnessUrl), witnessUrl, going })
    // A caller that was told what nobody may be told ends it all.
    const failed = load.then(
      () => new Promise<never>(() => {}),
      (error: unknown) => Promise.reject(error),
    )
    const draws = seededDraws(options.seed, 'kills')
    const meanMs = (options.seconds * 1_000) / (options.kills + 1)
    while (kills < options.kills) {
      // From at once, while it starts, to long after it has served.
      const serving = server.ready.then((found) => found !== null)
      await Promise.race([pause(draws.next() * 2 * meanMs), failed])
      const ready = await Promise.race([serving, Promise.resolve(false)])
      if (!ready) killsWhileStarting += 1
      await server.kill()
      heard(server)
      kills += 1
      options.onKill?.(kills, Math.round(options.seconds - elapsedMs() / 1_000))
      server = boot()
      if (!going() && kills >= options.kills) break
    }
    await serve(server)
    await load
    await drained(url, failed)
  } finally {
    server.child.kill('SIGTERM')
    await server.ended
    heard(server)
    witness.child.kill('SIGTERM')
    await witness.ended
  }
  const verdict = await verify(databasePath, readRecords(recordsPath))
  if (verdict.problems.length === 0) rmSync(folder, { recursive: true, force: true })
  const seconds = Math.round(elapsedMs() / 1_000)
  return { seed: options.seed, seconds, kills, killsWhileStarting, defects, ...verdict }
}

/** Waits until the list has no unfinished run. Those that never end are the verdict's to name. */
async function drained(url: string, failed: Promise<never>): Promise<void> {
  const until = performance.now() + DRAIN_MS
  const left = async (status: string): Promise<number> => {
    const answer = await fetch(`${url}/api/runs?status=${status}&limit=1`)
    return ((await answer.json()) as { readonly items: readonly unknown[] }).items.length
  }
  while (performance.now() < until) {
    const counts = await Promise.race([
      Promise.all(['running', 'compensating', 'suspended'].map(left)),
      failed,
    ])
    if (counts.every((count) => count === 0)) return
    await pause(100)
  }
}
