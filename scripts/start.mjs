import { pathToFileURL } from 'node:url'
import { ensureBuilt, serverBundle } from './lib/built.mjs'
import { ensureGenerated } from './lib/generated.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { requireNode } from './lib/node-version.mjs'
import { root } from './lib/run.mjs'

/**
 * Installs, generates and builds what is not fresh, then serves. The server runs in this very process: whoever
 * ends it, with whatever signal, ends the server.
 */
requireNode()
process.chdir(root)
process.env.NEXT_TELEMETRY_DISABLED = '1'
await ensureInstalled()
await ensureGenerated()
await ensureBuilt()
process.env.NODE_ENV = 'production'
process.setSourceMapsEnabled(true)
await import(pathToFileURL(serverBundle).href)
