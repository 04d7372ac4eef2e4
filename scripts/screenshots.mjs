import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { ensureBrowser } from './lib/browser.mjs'
import { root } from './lib/run.mjs'
import { say } from './lib/say.mjs'

/**
 * Takes the screenshots of the README from a workbench that is already running:
 * `node scripts/screenshots.mjs http://127.0.0.1:3000`. It makes a design of its own and deletes it again.
 */
const base = process.argv[2] ?? 'http://127.0.0.1:3000'
const folder = join(root, 'docs/screenshots')
await mkdir(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: (await ensureBrowser()) ?? undefined,
  args: ['--no-sandbox', '--disable-background-networking'],
})

async function call(path, body, method = 'POST') {
  const response = await fetch(base + path, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.status === 204 ? null : response.json()
}

/** Waits until the run has an event of this type about this node. */
async function reached(run, type, nodeId) {
  for (;;) {
    const { items } = await call(`/api/runs/${run}/events?limit=500`, null, 'GET')
    if (items.some((event) => event.type === type && (!nodeId || event.data.nodeId === nodeId))) return items
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const design = await call('/api/designs', { template: 'order-fulfilment' })
const saga = design.document.sagas[0]
const input = saga.nodes.find((node) => node.type === 'start').inputExample
const broken = [{ node: 'confirm-order', effect: { type: 'error', code: 'OutOfService' } }]
const start = async (faults) =>
  (await call(`/api/designs/${design.id}/runs`, { saga: saga.id, input, faults })).id

for (const theme of ['light', 'dark']) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const shoot = async (name) => {
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`) })
    say(`${name}-${theme}.png`)
  }
  const open = async (path, seen) => {
    await page.goto(base + path)
    await page.getByText(seen).first().waitFor()
  }

  await open('/', 'Start from a template')
  await shoot('start')
  await open(`/w/${design.id}`, 'Confirm order')
  await page.getByRole('group', { name: /^Charge payment/ }).click()
  await page.getByRole('tab', { name: 'Compensation' }).waitFor()
  await shoot('editor')

  // The page is there before the run is: what is shot is the run as it happens.
  await open(`/w/${design.id}/runs`, 'Start a run')
  const running = await start([])
  await page.goto(`${base}/w/${design.id}/runs/${running}`)
  await reached(running, 'StepStarted', 'charge-payment')
  await page.getByText('Running').first().waitFor()
  await shoot('run-running')

  const failing = await start(broken)
  await page.goto(`${base}/w/${design.id}/runs/${failing}`)
  await reached(failing, 'CompensationStarted', 'charge-payment')
  await page.getByText('Compensating').first().waitFor()
  await shoot('run-compensating')
  const events = await reached(failing, 'SagaCompensated')
  const past = events.find((event) => event.type === 'ChoiceTaken').version
  await open(`/w/${design.id}/runs/${failing}?seq=${past}`, `Viewing event ${past} of ${events.length}`)
  await shoot('run-past')
  await open(`/w/${design.id}/data/aggregates/Order/${failing}`, 'OrderCancelled')
  await shoot('aggregate')
  await open(`/w/${design.id}/data/read-models/orders`, failing)
  await shoot('read-model')
  await context.close()
}
await call(`/api/designs/${design.id}?force=true`, null, 'DELETE')
await browser.close()
