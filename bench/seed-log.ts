/**
 * Makes a database with one design and a long log, to look at in the page:
 * `npx tsx bench/seed-log.ts FILE [events, default 1000000]`, then start the workbench with `DATABASE_URL=file:FILE`.
 */
import { resolve } from 'node:path'
import { seedLog } from './support/seed-log'

const [path, events = '1000000'] = process.argv.slice(2)
if (path === undefined) throw new Error('Say which file to make.')
const designId = await seedLog(resolve(path), Number(events))
console.log(JSON.stringify({ designId, page: `/w/${designId}/data/log` }))
