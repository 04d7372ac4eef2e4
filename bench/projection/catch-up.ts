import type { Json } from '@/core/json'
import { openSqliteStore } from '@/server/store/sqlite/open'
import { openWorkbench } from '@/server/workbench'
import type { LongLog } from './long-log'

export interface CatchUp {
  readonly events: number
  readonly seconds: number
  readonly eventsPerSecond: number
  /** Of this process: its threads together, so more than 1 when the sandbox works beside the log. */
  readonly cpuSecondsPerSecond: number
  readonly rebuildEventsPerSecond: number
  /** The same events read and folded by the same functions, as plain JavaScript, in memory. */
  readonly plainEventsPerSecond: number
}

/** From an empty read model to the head of the log; then a rebuild, beside the rows. */
export async function measureCatchUp(path: string, log: LongLog): Promise<CatchUp> {
  const plain = await plainFold(path, log)
  const wb = await openWorkbench({
    databaseUrl: `file:${path}`,
    onDefect: (error, about) => process.stderr.write(`${about}: ${String(error)}\n`),
  })
  const head = await wb.store.events.head()
  /** Resolves at a change that is as wanted. */
  const until = (wanted: (checkpoint: number, swapped: boolean) => boolean) =>
    new Promise<void>((resolve) => {
      const stop = wb.projections.onChange(({ rows, progress }) => {
        if (!wanted(progress.state.checkpoint, rows === null)) return
        stop()
        resolve()
      })
    })
  const began = performance.now()
  const cpu = process.cpuUsage()
  const caughtUp = until((checkpoint) => checkpoint >= head)
  const runner = await wb.projections.get(await wb.catalogue.load(log.designId), 'orders')
  await caughtUp
  const seconds = (performance.now() - began) / 1_000
  const used = process.cpuUsage(cpu)
  const rebuilding = performance.now()
  const rebuilt = until((_checkpoint, swapped) => swapped)
  await runner.startRebuild()
  await rebuilt
  const rebuildSeconds = (performance.now() - rebuilding) / 1_000
  await wb.close()
  return {
    events: log.events,
    seconds: Number(seconds.toFixed(2)),
    eventsPerSecond: Math.round(log.events / seconds),
    cpuSecondsPerSecond: Number(((used.user + used.system) / 1e6 / seconds).toFixed(2)),
    rebuildEventsPerSecond: Math.round(log.events / rebuildSeconds),
    plainEventsPerSecond: Math.round(log.events / plain),
  }
}

type Handler = (row: Json, event: unknown) => Json

/** @returns how many seconds it took */
async function plainFold(path: string, { design, designId }: LongLog): Promise<number> {
  const projection = design.projections.find(({ id }) => id === 'orders')
  if (projection === undefined) throw new Error('the template has no orders')
  // biome-ignore lint/security/noGlobalEval: the template's own functions, as what the sandbox is measured against
  const compile = (source: string): unknown => globalThis.eval(`(${source})`)
  const keyOf = compile(projection.key) as (event: unknown) => string
  const on = new Map(
    Object.entries(projection.on).map(([type, source]) => [type, compile(source) as Handler]),
  )
  const store = await openSqliteStore({ path })
  const began = performance.now()
  const rows = new Map<string, Json>()
  for (let after = 0; ; ) {
    const events = await store.events.readAll(after, { designId, limit: 1_000 })
    for (const event of events) {
      const handle = on.get(event.type)
      const key = keyOf(event)
      if (handle) rows.set(key, handle(rows.get(key) ?? null, event))
    }
    after = events.at(-1)?.position ?? after
    if (events.length === 0) break
  }
  const seconds = (performance.now() - began) / 1_000
  await store.close()
  return seconds
}
