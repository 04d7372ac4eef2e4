import { readFileSync } from 'node:fs'
import { expect, type Page, test as plain } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { type DemoService, startDemoService } from './support/demo-service'
import { expectSaved } from './support/editor-page'
import { type OwnServer, ownServer } from './support/own-server'
import { complaints, node, openStart, runStatus, startRun } from './support/run-page'

let demo: DemoService
let server: OwnServer
plain.beforeAll(async () => {
  demo = await startDemoService()
  server = await ownServer({ HTTP_ALLOW: demo.place })
  await server.start()
})
plain.beforeEach(() => demo.reset())
plain.afterAll(async () => {
  await server.kill()
  await demo.stop()
})

const test = plain.extend<{ page: Page }>({
  page: async ({ browser }, use) => {
    const context = await browser.newContext({ baseURL: server.url })
    await use(await context.newPage())
    await context.close()
  },
})

/** The design of the examples, calling this demo service. @returns its id */
async function importOrder(page: Page): Promise<string> {
  const text = readFileSync('examples/order-over-http.json', 'utf8')
  const document = JSON.parse(text.replaceAll('127.0.0.1:4100', demo.place))
  const answer = await page.request.post('/api/designs', { data: { document } })
  expect(answer.status()).toBe(201)
  return (await answer.json()).id
}

async function run(page: Page, id: string): Promise<void> {
  await page.goto(`/w/${id}`)
  await startRun(page, await openStart(page))
}
const runId = (page: Page): string => /\/runs\/([a-z0-9]+)/.exec(page.url())?.[1] ?? ''

test('an order runs over real connections, each step under its own key', async ({ page }) => {
  const found = complaints(page)
  await run(page, await importOrder(page))
  await expect(runStatus(page, 'Completed')).toBeVisible()
  const { keys, orders } = await demo.ledger()
  const key = (step: string) => `${runId(page)}:${step}:0:action`
  expect(keys.map(({ key, did }) => [key, did])).toEqual([
    [key('pay'), 1],
    [key('reserve'), 1],
    [key('ship'), 1],
  ])
  expect(orders.map(({ standing }) => standing)).toEqual([1, 1, 1])
  await node(page, 'Pay').click()
  const output = page
    .getByRole('region', { name: 'Node Pay' })
    .getByRole('group', { name: 'Output', exact: true })
  await expect(output).toContainText('pay-o-1')
  expect(found).toEqual([])
})

test('the service broken at its own switch, what was done is undone over the wire', async ({ page }) => {
  await demo.flip({ service: 'shipments', half: 'do', error: 500 })
  await run(page, await importOrder(page))
  await expect(runStatus(page, 'Compensated')).toBeVisible({ timeout: 20_000 })
  await expect(node(page, 'Ship')).toHaveAccessibleName(/, failed/)
  const { keys, orders } = await demo.ledger()
  expect(keys.map(({ service, half }) => `${half} ${service}`)).toEqual([
    'do payments',
    'do inventory',
    'undo inventory',
    'undo payments',
  ])
  expect(orders.map(({ standing }) => standing)).toEqual([0, 0])
})

test('an answer that is lost leaves the outcome unknown: the retry takes the money once, under one key', async ({
  page,
}) => {
  await demo.flip({ service: 'payments', half: 'do', drop: 'after', times: 1 })
  await run(page, await importOrder(page))
  await expect(runStatus(page, 'Completed')).toBeVisible()
  const { keys } = await demo.ledger()
  expect(keys.find(({ service }) => service === 'payments')).toMatchObject({ asked: 2, did: 1 })
})

test('a simulated operation becomes a real one in the editor, which shows what it would send and sends nothing', async ({
  page,
}) => {
  const found = complaints(page)
  const { id } = await (
    await page.request.post('/api/designs', { data: { template: 'order-fulfilment' } })
  ).json()
  const { document } = await (await page.request.get(`/api/designs/${id}`)).json()
  const [service] = document.services
  const [operation] = service.operations
  await page.goto(`/w/${id}/model?at=operation:${service.id}.${operation.id}`)
  await page.getByRole('button', { name: 'HTTP', exact: true }).click()
  const address = page.getByRole('textbox', { name: 'Address' })
  await expect(address).toHaveValue('https://')
  await expect(
    page.getByText('"https://" is no address; it starts with https:// or http://').first(),
  ).toBeVisible()

  await page.getByRole('combobox', { name: 'Method' }).click()
  await page.getByRole('option', { name: 'PUT' }).click()
  await address.fill(`${demo.url}/payments/o-9`)
  const request = page.getByRole('region', { name: 'Request' })
  await expect(request).toContainText(`PUT ${demo.url}/payments/o-9`)
  await expect(request).toContainText('idempotency-key')
  await expect(page.getByText(/The page does not send it/)).toBeVisible()

  await page.getByRole('button', { name: 'Add header' }).click()
  await page.getByRole('textbox', { name: 'Header 1', exact: true }).fill('host')
  await expect(page.getByText('the header host is set by the workbench').first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Header 1', exact: true }).fill('x-teller')
  await page.getByRole('textbox', { name: 'Value of header 1' }).fill('Ada')
  await expect(request).toContainText('x-teller')

  const statuses = page.getByRole('textbox', { name: 'Expected statuses' })
  await statuses.fill('2xx, yes')
  await expect(page.getByText('“yes” is no status, such as 404 or 2xx')).toBeVisible()
  await statuses.fill('2xx, 404')
  await page.getByRole('button', { name: 'Add answer' }).click()
  await page.getByRole('textbox', { name: 'Status 1' }).fill('402')
  await page.getByRole('textbox', { name: 'Code 1' }).fill('NO_FUNDS')
  await expectSaved(page)

  const saved = await (await page.request.get(`/api/designs/${id}`)).json()
  expect(saved.document.services[0].operations[0].http).toEqual({
    method: 'PUT',
    url: { type: 'template', template: `${demo.url}/payments/o-9` },
    headers: { type: 'fixed', fields: [{ name: 'x-teller', value: 'Ada' }] },
    expectStatuses: ['2xx', 404],
    errors: [{ status: 402, code: 'NO_FUNDS', error: operation.errors[0].name }],
    errorCodePath: 'code',
    redirects: 0,
  })
  expect((await demo.ledger()).keys).toEqual([])
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Write a function' }).first().click()
  await expect(request).toContainText(`PUT ${demo.url}/payments/o-9`)
  await page.getByRole('button', { name: 'Simulated', exact: true }).click()
  await expect(page.getByRole('heading', { name: '40 calls' })).toBeVisible()
  expect(found).toEqual([])
})

test('the inspector of a step says that it really calls, and where', async ({ page }) => {
  await page.goto(`/w/${await importOrder(page)}`)
  await page
    .getByRole('application', { name: /^Canvas of / })
    .getByRole('group', { name: /^Pay/ })
    .click()
  await expect(page.getByText(`POST ${demo.url}/payments/{order}`)).toBeVisible()
})
