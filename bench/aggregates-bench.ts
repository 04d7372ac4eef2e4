/**
 * Commands per second to aggregates, user code in the sandbox included, and how long it takes to replay a long stream:
 * each beside raw SQLite in the same run.
 * `npx tsx bench/aggregates-bench.ts [seconds per round, default 1.5]`; its last line is JSON.
 */
import { codeEvent, foldCall, initialPoint } from '@/core/aggregate/handle'
import type { DesignInput } from '@/core/design/document'
import { createDesign } from '@/server/commands/designs'
import { newCommandId } from '@/server/engine/aggregates'
import { readStream } from '@/server/engine/read-stream'
import { openWorkbench, type Workbench } from '@/server/workbench'
import { inFolder } from './support/in-folder'
import { rawInserts, rawReplay } from './support/raw-aggregates'
import { drive, medianOf, ROUNDS, type Round, summarize } from './support/rounds'

const MANY = 1_000
const LONG = 10_000
const seconds = Number(process.argv[2] ?? 1.5)

/** An account, as small as one that still has a rule to keep. */
const document: DesignInput = {
  formatVersion: 1,
  name: 'Bench',
  aggregates: [
    {
      id: 'Account',
      initialState: { balance: 0, deposits: 0 },
      rules: [{ id: 'positive', check: '({ payload }) => payload.amount > 0' }],
      commands: [
        { name: 'Deposit', rules: ['positive'], decide: "({ payload }) => event('Deposited', payload)" },
      ],
      events: [
        {
          name: 'Deposited',
          evolve:
            '(state, { data }) => ({ balance: state.balance + data.amount, deposits: state.deposits + 1 })',
        },
      ],
    },
  ],
}

async function inWorkbench<T>(use: (wb: Workbench, designId: string) => Promise<T>): Promise<T> {
  return inFolder(async (path) => {
    const wb = await openWorkbench({
      databaseUrl: `file:${path}`,
      onDefect: (error) => process.stderr.write(`${String(error)}\n`),
    })
    try {
      return await use(wb, (await createDesign(wb, { document })).id)
    } finally {
      await wb.close()
    }
  })
}

/** `concurrency` senders, each waiting for its answer before the next, to `instances` aggregates in turn. */
async function commands(concurrency: number, instances: number): Promise<Round> {
  return inWorkbench(async (wb, designId) => {
    const loaded = await wb.catalogue.load(designId)
    let sent = 0
    return drive(concurrency, seconds, async () => {
      sent += 1
      const commandId = newCommandId()
      const answer = await wb.aggregates.handle(loaded, {
        aggregate: 'Account',
        key: `a${sent % instances}`,
        type: 'Deposit',
        payload: { amount: 1 },
        commandId,
        at: Date.now(),
        correlationId: commandId,
        causationId: commandId,
      })
      if (!answer.ok) throw new Error(answer.error.message)
    })
  })
}

async function times(count: number, once: () => Promise<unknown>): Promise<Round> {
  const durations: number[] = []
  const start = performance.now()
  for (let n = 0; n < count; n += 1) {
    const before = performance.now()
    await once()
    durations.push(performance.now() - before)
  }
  return summarize(durations, performance.now() - start)
}

/** The state of a stream of 10,000 events: from its snapshots, and folded from the first. */
async function replay() {
  return inWorkbench(async (wb, designId) => {
    const metadata = { correlationId: 'c', causationId: 'c', schemaVersion: 1 }
    for (let from = 0; from < LONG; from += 1_000) {
      const events = Array.from({ length: 1_000 }, (_, n) => ({
        type: 'Deposited',
        data: { amount: 1 },
        metadata: { ...metadata, messageId: `${from + n}` },
      }))
      await wb.store.events.append([{ designId, streamId: 'Account-long', expectedVersion: 'any', events }])
    }
    const loaded = await wb.catalogue.load(designId)
    const [aggregate] = loaded.design.aggregates
    if (!aggregate) throw new Error('no aggregate')
    const folded = async () => {
      const events = (await readStream(wb.store.events, designId, 'Account-long')).map(codeEvent)
      const answer = await wb.code.run(loaded.program, foldCall(aggregate, initialPoint(aggregate), events))
      if (!answer.ok) throw new Error(answer.error.message)
    }
    // The first look leaves a snapshot behind.
    await wb.aggregates.stateAt(loaded, 'Account', 'long', { version: LONG })
    return {
      withoutSnapshots: await times(10, folded),
      withSnapshots: await times(50, () =>
        wb.aggregates.stateAt(loaded, 'Account', 'long', { version: LONG }),
      ),
    }
  })
}

const raw = await medianOf(ROUNDS, () => rawInserts(seconds))
const oneAtATime = await medianOf(ROUNDS, () => commands(1, 1))
const hot = await medianOf(ROUNDS, () => commands(20, 1))
const many = await medianOf(ROUNDS, () => commands(200, MANY))
const replayed = await replay()
const rawReplayed = await rawReplay(LONG, (read) => times(10, read))
console.log(
  JSON.stringify({
    seconds,
    rounds: ROUNDS,
    rawFsyncedInsert: raw,
    lines: [
      { aggregates: 1, concurrency: 1, commands: oneAtATime },
      { aggregates: 1, concurrency: 20, commands: hot },
      { aggregates: MANY, concurrency: 200, commands: many },
    ],
    replay: { events: LONG, ...replayed, rawReadAndFold: rawReplayed },
  }),
)
