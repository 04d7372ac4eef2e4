import { openWorkbench } from '../workbench'

/** Folds the projections of the one design in the database it is given, and says where they stand; the test kills it. */
const [databaseUrl = '', rebuild = ''] = process.argv.slice(2)
const wb = await openWorkbench({
  databaseUrl,
  onDefect: (error) => process.stderr.write(`${String(error)}\n`),
})
const [design] = await wb.store.designs.list({ limit: 1 })
if (!design) throw new Error('the database has no design')
wb.projections.onChange(({ progress }) => {
  process.stdout.write(`${progress.state.checkpoint} ${progress.rebuilding}\n`)
})
const loaded = await wb.catalogue.load(design.id)
const runner = await wb.projections.get(loaded, 'counts')
if (rebuild === 'rebuild') await runner.startRebuild()
