import { join } from 'node:path'
import { ensureGenerated } from './lib/generated.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { requireNode } from './lib/node-version.mjs'
import { root, run } from './lib/run.mjs'

/**
 * The long crash test: half an hour of a server under load that is killed 120 times. `--minutes=`, `--kills=`,
 * `--seed=`, `--workers=` and `--pause-ms=` change it. Prints a report as JSON.
 */
requireNode()
await ensureInstalled()
await ensureGenerated()
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
process.exit(await run(process.execPath, [tsx, 'server/chaos/main.ts', ...process.argv.slice(2)]))
