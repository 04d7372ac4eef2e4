import { createDesign } from '@/server/commands/designs'
import { INSERT_EVENTS } from '@/server/store/sqlite/event-rows'
import { openWorkbench } from '@/server/workbench'
import { openRaw } from './raw-database'

const BATCH = 20_000
const STEP_TYPES = ['SagaStarted', 'StepStarted', 'StepCompleted', 'StepStarted', 'StepCompleted'] as const
/** Events a second, as the log tells it. */
const PER_SECOND = 500

/**
 * Writes a long log into a new database, past the store: a million appends would take minutes. Runs of ten events, each
 * with an order beside it, and one `Refunded` in ten thousand; the run events do not fold, nobody is to open them.
 * @returns the design's id, and how many streams it has
 */
export async function seedLog(path: string, events: number): Promise<string> {
  const wb = await openWorkbench({ databaseUrl: `file:${path}`, onDefect: (error) => console.error(error) })
  const { id } = await createDesign(wb, { document: { formatVersion: 1, name: 'A long log' } })
  await wb.close()
  const db = await openRaw(path)
  const insert = db.prepare(INSERT_EVENTS)
  const began = Date.now() - Math.ceil((events * 1_000) / PER_SECOND) - 1_000
  for (let from = 0; from < events; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, events - from) }, (_, index) =>
      rowOf(id, from + index, began),
    )
    insert.run([JSON.stringify(rows)])
  }
  db.exec(`INSERT INTO Mark (name, position) VALUES ('runs', ${events})
    ON CONFLICT (name) DO UPDATE SET position = excluded.position`)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return id
}

function rowOf(designId: string, index: number, began: number): readonly (string | number | null)[] {
  const [group, member] = [Math.floor(index / 12), index % 12]
  const run = `seed${group.toString(36).padStart(12, '0')}`
  const ofRun = member < 10
  const order = group % 50_000
  const stream = ofRun ? `run-${run}` : `Order-${order}`
  const version = ofRun ? member + 1 : Math.floor(group / 50_000) * 2 + member - 9
  const type = ofRun
    ? (STEP_TYPES[member % STEP_TYPES.length] ?? 'StepStarted')
    : group % 833 === 0
      ? 'Refunded'
      : 'OrderPlaced'
  const data = ofRun
    ? {
        nodeId: 'reserve-stock',
        attempt: 1,
        output: { reservation: `r-${index}`, items: [1, 2, 3], total: 129.5 },
      }
    : { order, customer: `customer ${group % 997}`, lines: [{ sku: 'mug', quantity: 2 }], total: 25 }
  const messageId = ofRun ? `${run}:${member + 1}` : `${designId}/${stream}/${run}-${member}/0`
  const cause = `${run}:${Math.max(1, Math.min(member, 9))}`
  const at = began + Math.floor((index * 1_000) / PER_SECOND)
  return [
    index + 1,
    designId,
    stream,
    version,
    type,
    JSON.stringify(data),
    messageId,
    run,
    cause,
    null,
    1,
    at,
  ]
}
