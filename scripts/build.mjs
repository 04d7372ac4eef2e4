import { forgetBuild } from './lib/built.mjs'
import { bundle } from './lib/bundle.mjs'
import { ensureGenerated } from './lib/generated.mjs'
import { runBin } from './lib/run.mjs'
import { giveUp } from './lib/say.mjs'

/** Builds the pages into `.next/` and the server into `.build/server/`. */
process.env.NEXT_TELEMETRY_DISABLED = '1'
forgetBuild()
await ensureGenerated()

const pages = await runBin('next/dist/bin/next', ['build'], { NODE_ENV: 'production' })
if (pages !== 0) giveUp('next build failed.')

// esbuild has said what is wrong, and where
await bundle({ main: 'server/main.ts' }, '.build/server').catch(() =>
  giveUp('The server could not be bundled.'),
)
