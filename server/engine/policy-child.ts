import { openWorkbench } from '../workbench'
import { add, copiesAdded, startsMain, withPolicies } from './policy-testing'
import { storeDesign } from './testing'

/** Sends commands whose events set policies off, and says what is on disk; the test kills it where it pleases. */
const [databaseUrl = ''] = process.argv.slice(2)
const wb = await openWorkbench({
  databaseUrl,
  onDefect: (error) => process.stderr.write(`${String(error)}\n`),
})
wb.store.events.subscribe(0, (events) => {
  for (const { streamId } of events) process.stdout.write(`${streamId}\n`)
})
const designId = await storeDesign(wb, withPolicies([startsMain(), copiesAdded()]))
for (let count = 0; count < 500; count += 1) await add(wb, designId, count % 2 === 0 ? 'a' : 'b')
