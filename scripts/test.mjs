import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './lib/browser.mjs'
import { ensureBuilt } from './lib/built.mjs'
import { countPlaywright, countVitest } from './lib/count.mjs'
import { ensureGenerated } from './lib/generated.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { requireNode } from './lib/node-version.mjs'
import { root, runBin } from './lib/run.mjs'
import { giveUp, say } from './lib/say.mjs'

/**
 * `node scripts/test.mjs [check|unit|int|e2e] [arguments for the runner]`; without a stage all of them, up to the
 * first that fails. The last line is the sum: `N passed, N failed`.
 */
const reports = join(root, '.build/reports')
const stages = { check, unit: () => vitest('unit'), int: () => vitest('int'), e2e }

requireNode()
process.chdir(root)
process.env.NEXT_TELEMETRY_DISABLED = '1'
const [asked, ...extra] = process.argv.slice(2)
if (asked !== undefined && !(asked in stages)) {
  giveUp(
    `There is no stage "${asked}". The stages are ${Object.keys(stages).join(', ')}; without one, all of them.`,
  )
}
await ensureInstalled()
await ensureGenerated()
mkdirSync(reports, { recursive: true })

const total = { passed: 0, failed: 0 }
let code = 0
for (const name of asked === undefined ? Object.keys(stages) : [asked]) {
  const stage = await stages[name]()
  code = stage.code
  total.passed += stage.passed
  // a runner that died without naming a test has failed all the same
  total.failed += code !== 0 && stage.failed === 0 ? 1 : stage.failed
  if (code !== 0) break
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = code

/** Lint, format and types. Its failures are one; it has no tests to count. */
async function check() {
  say('check: lint and format (Biome)')
  const lint = await runBin('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', ...extra, '.'])
  if (lint !== 0) return { code: lint, passed: 0, failed: 1 }
  say('check: types (tsc)')
  // writes next-env.d.ts and the types of the routes, which tsc reads
  const routes = await runBin('next/dist/bin/next', ['typegen'])
  const types = routes === 0 ? await runBin('typescript/bin/tsc', ['--noEmit', '-p', '.']) : routes
  return { code: types, passed: 0, failed: types === 0 ? 0 : 1 }
}

async function vitest(project) {
  say(`${project}: vitest`)
  const report = join(reports, `${project}.json`)
  rmSync(report, { force: true })
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const code = await runBin('vitest/vitest.mjs', [...args, ...extra])
  return { code, ...(countVitest(report) ?? { passed: 0, failed: 1 }) }
}

async function e2e() {
  const browser = await ensureBrowser()
  await ensureBuilt()
  say(`e2e: Playwright with ${browser === '' ? 'its own Chromium' : browser}`)
  const report = join(reports, 'e2e.json')
  rmSync(report, { force: true })
  const code = await runBin('@playwright/test/cli.js', ['test', ...extra], { CHROMIUM_PATH: browser })
  return { code, ...(countPlaywright(report) ?? { passed: 0, failed: 1 }) }
}
