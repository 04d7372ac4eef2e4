import { appendFileSync } from 'node:fs'
import { openWorkbench } from '../workbench'
import { chain, designOf, start, step, storeDesign } from './testing'
import { witnessedRunner } from './witness'

/**
 * Starts a run whose one call is answered only after an hour, and writes every call that reaches the service to a file.
 * The test kills it once the call is there.
 */
const [databaseUrl = '', witnessed = ''] = process.argv.slice(2)
const wb = await openWorkbench({
  databaseUrl,
  onDefect: (error) => process.stderr.write(`${String(error)}\n`),
  code: witnessedRunner((call) => {
    appendFileSync(witnessed, `${JSON.stringify(call)}\n`)
    process.stdout.write('called\n')
  }),
})
const designId = await storeDesign(wb, designOf([step('a'), step('b')], chain('start', 'a', 'b')))
const faults = [{ node: 'a', effect: { type: 'latency' as const, ms: 3_600_000 } }]
await start(wb, designId, { mode: 'live', faults })
