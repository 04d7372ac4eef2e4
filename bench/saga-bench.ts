/**
 * Sagas per second, from the start that a caller asks for to the end that it waits for, which is on disk: five
 * local no-op steps, and the same with the fifth refused, so that four are compensated. Live mode. In process, over
 * HTTP, and the ceilings of both in the same run: a bare loop that writes the same rows.
 * `npx tsx bench/saga-bench.ts [seconds per round, default 2, as the peers' are]`; its last line is JSON.
 */
import { VARIANTS } from './saga/bench-design'
import { inProcess, type Runner } from './saga/in-process'
import { overHttp } from './saga/over-http'
import { rawOverHttp } from './saga/raw-over-http'
import { appendsOf } from './saga/raw-rows'
import { rawSagas } from './saga/raw-sagas'
import { serveRaw } from './saga/raw-server'
import { inFolder } from './support/in-folder'
import { drive, medianOf, ROUNDS, type Round } from './support/rounds'

const CONCURRENCY = [1, 20, 200] as const
const WARM_UP_SECONDS = 1
const seconds = Number(process.argv[2] ?? 2)

type Figures = Readonly<Record<string, Readonly<Record<string, Round>>>>

async function table(
  measure: (variant: (typeof VARIANTS)[number]) => (concurrency: number) => Promise<Round>,
) {
  const figures: Record<string, Record<string, Round>> = {}
  for (const variant of VARIANTS) {
    const one = measure(variant)
    const row: Record<string, Round> = {}
    for (const concurrency of CONCURRENCY) row[concurrency] = await medianOf(ROUNDS, () => one(concurrency))
    figures[variant] = row
  }
  return figures
}

const through = (open: (path: string) => Promise<Runner>): Promise<Figures> =>
  inFolder(async (path) => {
    const runner = await open(path)
    await drive(20, WARM_UP_SECONDS, () => runner.run('fifth-step-fails'))
    const figures = await table(
      (variant) => (concurrency) => drive(concurrency, seconds, () => runner.run(variant)),
    )
    await runner.close()
    return figures
  })

async function bench(): Promise<unknown> {
  const appends = {
    succeeds: await appendsOf('succeeds'),
    'fifth-step-fails': await appendsOf('fifth-step-fails'),
  }
  return {
    seconds,
    rounds: ROUNDS,
    perSaga: Object.fromEntries(
      VARIANTS.map((variant) => [
        variant,
        { events: appends[variant].flat().length, appends: appends[variant].length },
      ]),
    ),
    inProcess: await through(inProcess),
    overHttp: await through(overHttp),
    raw: await table((variant) => (concurrency) => rawSagas(appends[variant], concurrency, seconds)),
    rawOverHttp: await through((path) => rawOverHttp(import.meta.filename, path, appends)),
  }
}

if (process.argv[2] === 'serve-raw') await serveRaw()
else console.log(JSON.stringify(await bench()))
