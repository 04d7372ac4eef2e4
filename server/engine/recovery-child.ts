import { openWorkbench } from '../workbench'
import { recoveryDesign } from './recovery-design'
import { start, storeDesign } from './testing'

/** Starts a run on the database it is given and says its ids; the test kills it where it pleases. */
const [databaseUrl = ''] = process.argv.slice(2)
const wb = await openWorkbench({
  databaseUrl,
  onDefect: (error) => process.stderr.write(`${String(error)}\n`),
})
const designId = await storeDesign(wb, recoveryDesign)
wb.store.events.subscribe(0, (events) => {
  for (const { type, data } of events) process.stdout.write(`${JSON.stringify({ type, data })}\n`)
})
const runId = await start(wb, designId, { mode: 'live' })
process.stdout.write(`${JSON.stringify({ designId, runId })}\n`)
