import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './lib/browser.mjs'
import { ensureBuilt } from './lib/built.mjs'
import { bundle } from './lib/bundle.mjs'
import { ensureGenerated } from './lib/generated.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { requireNode } from './lib/node-version.mjs'
import { root } from './lib/run.mjs'
import { giveUp } from './lib/say.mjs'

/**
 * Runs every `bench/*-bench.ts`, or those named, one after the other, bundled as the server is and with its flags, and
 * prints one JSON: `{ machine, benches: { name: … } }`.
 * `--events=1000000` makes the log that a projection catches up with as long (100,000 unless it says).
 * A bench prints its own JSON as the last line of its output; whatever else it says goes to stderr.
 */
requireNode()
const FLAGS = ['--max-semi-space-size=64', '--enable-source-maps']
const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'))
const events = process.argv.find((one) => /^--events=\d+$/.test(one))?.slice('--events='.length)
const names = readdirSync(join(root, 'bench'))
  .filter((name) => name.endsWith('-bench.ts'))
  .map((name) => name.slice(0, -'-bench.ts'.length))
  .sort()
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) giveUp(`There is no bench "${unknown[0]}". There are: ${names.join(', ')}.`)

await ensureInstalled(process.stderr)
await ensureGenerated()
await ensureBuilt(process.stderr)
const wanted = asked.length > 0 ? asked : names
const browser = wanted.includes('browser') ? await ensureBrowser(process.stderr) : ''
await bundle(Object.fromEntries(names.map((name) => [name, `bench/${name}-bench.ts`])), '.build/bench').catch(
  () => giveUp('The benches could not be bundled.'),
)
const benches = {}
for (const name of wanted) {
  process.stderr.write(`▸ ${name}\n`)
  benches[name] = await bench(name)
}
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.versions.node }
process.stdout.write(`${JSON.stringify({ machine, benches }, null, 2)}\n`)

function bench(name) {
  return new Promise((resolve) => {
    const length = name === 'projection' && events !== undefined ? [events] : []
    const args = [...FLAGS, join(root, '.build/bench', `${name}.mjs`), ...length]
    const env = { ...process.env, NODE_ENV: 'production', CHROMIUM_PATH: browser }
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.on('close', (code) => {
      if (code !== 0) giveUp(`The bench ${name} ended with ${code}.`)
      const lines = output.trimEnd().split('\n')
      const last = lines.pop() ?? ''
      if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`)
      try {
        resolve(JSON.parse(last))
      } catch {
        giveUp(`The bench ${name} did not end with a line of JSON, but with: ${last.slice(0, 200)}`)
      }
    })
  })
}
