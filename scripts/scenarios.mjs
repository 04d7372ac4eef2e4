import { join, resolve } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { requireNode } from './lib/node-version.mjs'
import { root, run } from './lib/run.mjs'
import { giveUp } from './lib/say.mjs'

/**
 * `npm run scenarios -- FILE…` runs the scenarios of design documents: no server, no database, nothing built. `--json`
 * prints one JSON for programs, and with it everything else goes to stderr.
 */
requireNode()
const words = process.argv.slice(2)
const unknown = words.find((word) => word.startsWith('-') && word !== '--json')
if (unknown !== undefined) giveUp(`${unknown} is not known. Usage: npm run scenarios -- [--json] FILE…`)
// npm runs a script in the root; a path is meant from where it was called.
const from = process.env.INIT_CWD ?? process.cwd()
const files = words.filter((word) => word !== '--json').map((file) => resolve(from, file))
if (files.length === 0) giveUp('Which design documents? Usage: npm run scenarios -- [--json] FILE…')
const isJson = words.includes('--json')
await ensureInstalled(isJson ? process.stderr : process.stdout)
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const args = [tsx, join(root, 'server/scenarios/main.ts'), ...(isJson ? ['--json'] : []), ...files]
process.exit(await run(process.execPath, args))
