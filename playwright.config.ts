import { existsSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'

/**
 * The journeys run against the built server on a free port with a database of their own.
 * Each worker reads this file again: what the first reading chose is handed on in the environment.
 */
process.env.E2E_PORT ??= String(await freePort())
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), 'saga-workbench-e2e-'))
const url = `http://127.0.0.1:${process.env.E2E_PORT}`

const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
// set by scripts/test.mjs, which tried whether it starts; '' is Playwright's own
const executablePath = (process.env.CHROMIUM_PATH ?? system) || undefined

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  // What fails and then passes is told as flaky, by name, at the end of the run: it is to be looked into all the same.
  retries: 1,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: '.build/reports/e2e.json' }]],
  use: {
    baseURL: url,
    // A third of the time goes into traces: E2E_TRACE=1 keeps those of what fails.
    trace: process.env.E2E_TRACE === undefined ? 'off' : 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
    },
  },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
  ],
  webServer: {
    command: 'node .build/server/main.mjs',
    url,
    timeout: 60_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: {
      PORT: process.env.E2E_PORT,
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${join(process.env.E2E_DATA, 'workbench.db')}`,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // What runs come to is the journeys' to look at: what goes wrong with the server is read.
      LOG_LEVEL: 'error',
    },
  },
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
