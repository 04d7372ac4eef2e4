import { join } from 'node:path'
import { ensureGenerated } from './lib/generated.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { requireNode } from './lib/node-version.mjs'
import { root, run } from './lib/run.mjs'
import { say } from './lib/say.mjs'

/** Serves from the sources: pages reload by themselves, the server starts again when its files change. */
requireNode()
await ensureInstalled()
await ensureGenerated()
say('Serving from the sources. The first visit of a page compiles it.')
const watched = ['server', 'core', 'examples'].flatMap((folder) => ['--include', `${folder}/**/*`])
const code = await run(
  process.execPath,
  [
    join(root, 'node_modules/tsx/dist/cli.mjs'),
    'watch',
    '--clear-screen=false',
    ...watched,
    'server/main.ts',
  ],
  // the one that ends may still be writing when the next begins
  { LEASE_WAIT_MS: '20000', ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
)
process.exit(code)
