import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { complaints, openStart, openTemplate, runStatus, startRun } from './support/run-page'

const events = (page: Page) => page.getByRole('list', { name: 'Events' }).getByRole('button')
const state = (page: Page) => page.getByRole('region', { name: 'State' })
const version = (page: Page) => page.getByRole('slider', { name: 'Version' })

/** A design of the template, and one order of it whose first two events stand in the log. */
async function confirmedOrder(page: Page, key = 'order-1'): Promise<string> {
  const { id } = await (
    await page.request.post('/api/designs', { data: { template: 'order-fulfilment' } })
  ).json()
  const send = (type: string, payload: unknown) =>
    page.request.post(`/api/designs/${id}/aggregates/Order/${key}/commands`, { data: { type, payload } })
  const item = { productId: 'keyboard', quantity: 2, price: 45 }
  expect((await send('CreateOrder', { customer: 'ada', items: [item] })).status()).toBe(200)
  expect((await send('ConfirmOrder', {})).status()).toBe(200)
  return id
}

test('an order of a run: slide back through its history, see the state and what changed, and return', async ({
  page,
}) => {
  const found = complaints(page)
  await openTemplate(page, 'Order fulfilment')
  await startRun(page, await openStart(page))
  await expect(runStatus(page, 'Completed')).toBeVisible({ timeout: 20_000 })
  const runUrl = page.url()

  await page.getByRole('link', { name: 'Data' }).click()
  await page.getByRole('table', { name: 'Instances of Order' }).getByRole('link').click()
  await expect(events(page)).toHaveText([/OrderCreated/, /OrderConfirmed/])
  await expect(state(page)).toContainText('Confirmed')

  await test.step('by the keyboard, on the slider', async () => {
    await version(page).focus()
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByText('Viewing version 1 of 2')).toBeVisible()
    await expect(state(page).locator('[data-mark="changed"]').filter({ hasText: 'status' })).toContainText(
      'Pending',
    )
    await expect(page).toHaveURL(/\?v=1$/)
    await page.keyboard.press('Home')
    await expect(page.getByText('Viewing version 0 of 2')).toBeVisible()
    await expect(state(page)).toContainText('The initial state')
    await expect(state(page).locator('[data-mark="changed"]')).toHaveCount(0)
  })

  await test.step('played from there, it ends at the latest', async () => {
    await page.getByRole('button', { name: 'Play history' }).click()
    await expect(page.getByText('Viewing version 1 of 2')).toBeVisible()
    await expect(page.getByText(/^Viewing version/)).toBeHidden()
    await expect(state(page)).toContainText('Confirmed')
  })

  await test.step('an event tells its cause: the event of the run that led to it', async () => {
    await events(page).first().click()
    await page.getByRole('link', { name: /^event \d+ of run/ }).click()
    await expect(page).toHaveURL(new RegExp(`${new URL(runUrl).pathname}\\?seq=\\d+$`))
    await expect(page.getByText(/^Viewing event \d+ of \d+$/)).toBeVisible()
  })
  expect(found).toEqual([])
})

test('a command meets the latest state: accepted, it appears at once; refused, it says why', async ({
  page,
}) => {
  const id = await confirmedOrder(page)
  await page.goto(`/w/${id}/data/aggregates/Order/order-1`)
  await expect(events(page)).toHaveCount(2)
  const answer = page.getByRole('status', { name: 'Answer' })

  await page.getByRole('button', { name: 'Send CreateOrder' }).click()
  await expect(answer).toContainText('InvalidStateTransition')
  await expect(events(page)).toHaveCount(2)

  await page.getByRole('combobox', { name: 'Command' }).click()
  await page.getByRole('option', { name: 'ShipOrder' }).click()
  await page.getByLabel(/^Tracking number/).fill('track-7')
  await page.getByRole('button', { name: 'Send ShipOrder' }).click()
  await expect(answer).toContainText('Accepted: version 3')
  await expect(events(page)).toHaveCount(3)
  await expect(state(page)).toContainText('track-7')

  await events(page).first().click()
  await expect(page.getByRole('button', { name: 'Send ShipOrder' })).toBeDisabled()
})

test('what somebody else does to the order is seen without a reload, and the past stays put meanwhile', async ({
  page,
}) => {
  const id = await confirmedOrder(page)
  await page.goto(`/w/${id}/data/aggregates/Order/order-1?v=1`)
  await expect(page.getByText('Viewing version 1 of 2')).toBeVisible()
  await page.request.post(`/api/designs/${id}/aggregates/Order/order-1/commands`, {
    data: { type: 'ShipOrder', payload: { trackingNumber: 'track-9' } },
  })
  await expect(page.getByText('Viewing version 1 of 3')).toBeVisible()
  await expect(state(page)).toContainText('Pending')
  await page.getByRole('button', { name: 'Return to latest' }).first().click()
  await expect(state(page)).toContainText('track-9')
})

test('a delayed read model is stale while the lag is seen, and then catches up', async ({ page }) => {
  const found = complaints(page)
  const id = await confirmedOrder(page)
  await page.goto(`/w/${id}/data/read-models/orders`)
  const rows = page.getByRole('table', { name: 'Rows' })
  const lag = page.getByRole('status', { name: 'Lag' })
  await expect(rows).toContainText('Confirmed')
  await expect(lag).toHaveText('Caught up')

  const delay = page.getByRole('slider', { name: 'Delivery delay' })
  await delay.focus()
  for (let press = 0; press < 12; press += 1) await page.keyboard.press('ArrowRight')
  await expect(page.getByText('3.00 s')).toBeVisible()
  await expect
    .poll(
      async () => (await (await page.request.get(`/api/designs/${id}/projections`)).json()).items[0].delayMs,
    )
    .toBe(3000)

  await page.request.post(`/api/designs/${id}/aggregates/Order/order-1/commands`, {
    data: { type: 'ShipOrder', payload: { trackingNumber: 'track-1' } },
  })
  await expect(lag).toHaveText('2 events behind')
  await expect(rows).toContainText('Confirmed')
  await expect(rows).toContainText('Shipped')
  await expect(lag).toHaveText('Caught up')
  expect(found).toEqual([])
})

test('a paused read model stands still; resumed and rebuilt it is as if nothing had been', async ({
  page,
}) => {
  const id = await confirmedOrder(page)
  await page.goto(`/w/${id}/data/read-models/orders`)
  const rows = page.getByRole('table', { name: 'Rows' })
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused')).toBeVisible()
  await page.request.post(`/api/designs/${id}/aggregates/Order/order-2/commands`, {
    data: {
      type: 'CreateOrder',
      payload: { customer: 'grace', items: [{ productId: 'pen', quantity: 1, price: 3 }] },
    },
  })
  await expect(page.getByRole('status', { name: 'Lag' })).toHaveText('2 events behind')
  await expect(rows).not.toContainText('grace')
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(rows).toContainText('grace')
  await page.getByRole('button', { name: 'Rebuild' }).click()
  await expect(page.getByText('Following')).toBeVisible()
  await expect(rows.getByRole('row')).toHaveCount(3)

  await page.getByRole('button', { name: 'customer' }).click()
  await page.getByRole('button', { name: 'customer' }).click()
  await expect(rows.getByRole('rowheader')).toHaveText(['order-2', 'order-1'])
  await page.getByRole('combobox', { name: 'Filter by' }).click()
  await page.getByRole('option', { name: 'customer' }).click()
  await page.getByLabel('customer is').fill('ada')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(rows.getByRole('rowheader')).toHaveText(['order-1'])
})

test('a handler that throws stops the read model at that event; skipped, it goes on', async ({ page }) => {
  const id = await confirmedOrder(page)
  const answer = await (await page.request.get(`/api/designs/${id}`)).json()
  answer.document.projections[0].on.OrderShipped = '(row, event) => {\n  throw new Error("cannot ship")\n}'
  const saved = await page.request.put(`/api/designs/${id}`, {
    data: { document: answer.document },
    headers: { 'if-match': `"${answer.version}"` },
  })
  expect(saved.status()).toBe(200)
  await page.goto(`/w/${id}/data/read-models/orders`)
  await expect(page.getByText('Following')).toBeVisible()
  await page.request.post(`/api/designs/${id}/aggregates/Order/order-1/commands`, {
    data: { type: 'ShipOrder', payload: { trackingNumber: 'track-1' } },
  })
  const fault = page.getByRole('region', { name: 'Fault' })
  await expect(fault).toContainText('cannot ship')
  await expect(fault).toContainText('line 2')
  await fault.getByRole('button', { name: 'Skip this event' }).click()
  await expect(fault).toBeHidden()
  await expect(page.getByRole('status', { name: 'Lag' })).toHaveText('Caught up')
})

test('the data pages have no accessibility violation, light and dark', async ({ page }) => {
  const id = await confirmedOrder(page)
  await page.goto(`/w/${id}/data`)
  await expect(page.getByRole('table', { name: 'Instances of Order' })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/w/${id}/data/aggregates/Order/order-1?v=1`)
  await expect(page.getByText('Viewing version 1 of 2')).toBeVisible()
  await expect(state(page)).toContainText('Pending')
  await expectAccessible(page)
  await page.goto(`/w/${id}/data/read-models/orders`)
  await expect(page.getByRole('table', { name: 'Rows' })).toBeVisible()
  await expectAccessible(page)
})
