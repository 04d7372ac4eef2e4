import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ensureGenerated } from './lib/generated.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { requireNode } from './lib/node-version.mjs'
import { root } from './lib/run.mjs'
import { giveUp } from './lib/say.mjs'

/**
 * Runs every `bench/*-bench.ts`, one after the other, and prints one JSON: `{ machine, benches: { name: … } }`.
 * `--events=1000000` makes the log that a projection catches up with as long (100,000 unless it says).
 * A bench prints its own JSON as the last line of its output; whatever else it says goes to stderr.
 */
requireNode()
await ensureInstalled()
await ensureGenerated()
const folder = join(root, 'bench')
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('-bench.ts'))
      .sort()
  : []
if (names.length === 0) giveUp('There is no bench/*-bench.ts.')

const events = process.argv.find((one) => /^--events=\d+$/.test(one))?.slice('--events='.length)
const benches = {}
for (const name of names) {
  process.stderr.write(`▸ ${name}\n`)
  benches[name.replace(/-bench\.ts$/, '')] = await bench(join(folder, name))
}
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.versions.node }
process.stdout.write(`${JSON.stringify({ machine, benches }, null, 2)}\n`)

function bench(path) {
  return new Promise((resolve) => {
    const length = path.endsWith('projection-bench.ts') && events !== undefined ? [events] : []
    const args = [join(root, 'node_modules/tsx/dist/cli.mjs'), path, ...length]
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.on('close', (code) => {
      if (code !== 0) giveUp(`${path} ended with ${code}.`)
      const lines = output.trimEnd().split('\n')
      const last = lines.pop() ?? ''
      if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`)
      try {
        resolve(JSON.parse(last))
      } catch {
        giveUp(`${path} did not end with a line of JSON, but with: ${last.slice(0, 200)}`)
      }
    })
  })
}
