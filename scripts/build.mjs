import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { forgetBuild } from './lib/built.mjs'
import { ensureGenerated } from './lib/generated.mjs'
import { root, runBin } from './lib/run.mjs'
import { giveUp } from './lib/say.mjs'

/** Builds the pages into `.next/` and the server into `.build/server/`. */
process.env.NEXT_TELEMETRY_DISABLED = '1'
forgetBuild()
await ensureGenerated()

const pages = await runBin('next/dist/bin/next', ['build'], { NODE_ENV: 'production' })
if (pages !== 0) giveUp('next build failed.')

const entries = { main: 'server/main.ts', 'sandbox-worker': 'server/sandbox/worker.ts' }
const { build } = await import('esbuild')
await build({
  entryPoints: Object.entries(entries)
    .filter(([, source]) => existsSync(join(root, source)))
    .map(([out, source]) => ({ in: join(root, source), out })),
  outdir: join(root, '.build/server'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  tsconfig: join(root, 'tsconfig.json'),
  absWorkingDir: root,
  logLevel: 'warning',
  // esbuild has said what is wrong, and where
}).catch(() => giveUp('The server could not be bundled.'))
