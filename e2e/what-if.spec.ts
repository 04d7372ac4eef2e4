import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { complaints } from './support/run-page'

const state = (page: Page) => page.getByRole('region', { name: 'State', exact: true })
const whatIf = (page: Page) => page.getByRole('region', { name: 'What if', exact: true })

/** A design of the template, and an order of it that was created, confirmed and shipped. */
async function shippedOrder(page: Page): Promise<string> {
  const { id } = await (
    await page.request.post('/api/designs', { data: { template: 'order-fulfilment' } })
  ).json()
  const items = [{ productId: 'keyboard', quantity: 2, price: 45 }]
  for (const [type, payload] of [
    ['CreateOrder', { customer: 'ada', items }],
    ['ConfirmOrder', {}],
    ['ShipOrder', { trackingNumber: 'track-1' }],
  ] as const) {
    const sent = await page.request.post(`/api/designs/${id}/aggregates/Order/order-1/commands`, {
      data: { type, payload },
    })
    expect(sent.status()).toBe(200)
  }
  return id
}

async function decide(page: Page, command: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Command' }).click()
  await page.getByRole('option', { name: command }).click()
  await page.getByRole('button', { name: `Decide ${command}` }).click()
}

test('an order is looked back at, and another end of it is tried: nothing is recorded', async ({ page }) => {
  const found = complaints(page)
  const id = await shippedOrder(page)
  await page.goto(`/w/${id}/data/aggregates/Order/order-1?v=2`)
  await expect(page.getByText('Viewing version 2 of 3')).toBeVisible()

  await test.step('any two versions are compared, and the address keeps which', async () => {
    await page.keyboard.press('F10')
    await expect(page.getByText('Viewing version')).toBeHidden()
    const compared = page.getByRole('textbox', { name: 'Compare with version' })
    await compared.fill('1')
    await compared.press('Enter')
    await expect(state(page)).toContainText('differs from version 1')
    await expect(state(page).locator('[data-mark="changed"]').filter({ hasText: 'status' })).toContainText(
      'Pending',
    )
    await expect(page).toHaveURL(/\?from=1$/)
    await page.keyboard.press('Shift+F10')
    await expect(page).toHaveURL(/\?v=2&from=1$/)
  })

  await test.step('two commands in a row, beside what happened', async () => {
    await page.getByRole('tab', { name: 'What if' }).click()
    await decide(page, 'CancelOrder')
    await expect(whatIf(page)).toContainText('What if, from version 2: nothing is recorded')
    await expect(whatIf(page)).toContainText('OrderCancelled in place of OrderShipped')
    const parted = whatIf(page).locator('tr[data-diverges]')
    await expect(parted).toContainText('Diverges here')
    await expect(parted).toContainText('OrderShipped')
    await parted.getByRole('button').click()
    await expect(page.getByRole('group', { name: 'State that would be at 3' })).toContainText('Cancelled')
    await decide(page, 'ConfirmOrder')
    await expect(page.getByRole('list', { name: 'Supposed commands' })).toContainText('Rejected')
    await expect(whatIf(page)).toContainText('1 of 2 commands came to nothing')
  })

  await test.step('discarded, it is as it was, and so is the log', async () => {
    await whatIf(page).getByRole('button', { name: 'Discard' }).click()
    await expect(state(page)).toContainText('Confirmed')
    const { items } = await (await page.request.get(`/api/designs/${id}/streams/Order-order-1/events`)).json()
    expect(items).toHaveLength(3)
  })

  await test.step('tried again, it is kept as a scenario that passes', async () => {
    await decide(page, 'CancelOrder')
    await whatIf(page).getByRole('button', { name: 'Save as scenario' }).click()
    await expect(page.getByRole('dialog')).toContainText('passes')
    await page.getByRole('button', { name: 'Save scenario' }).click()
    await expect(page).toHaveURL(/at=scenario:cancelorder-leads-to-ordercancelled/)
  })
  expect(found).toEqual([])
})

test('an aggregate and a read model are stepped through the log together', async ({ page }) => {
  const id = await shippedOrder(page)
  await page.goto(`/w/${id}/data`)
  await page.getByRole('link', { name: 'At a position' }).click()
  const cards = page.getByRole('list', { name: 'At this position' }).getByRole('listitem')
  const order = cards.filter({ hasText: 'Order order-1' })
  const rows = cards.filter({ hasText: 'orders' }).last()
  await expect(order).toContainText('version 3 of 3')
  // a command stands in the log before its event
  await page.getByRole('button', { name: 'Previous event' }).click()
  await expect(page.getByText(/^Viewing position \d+ of \d+$/)).toBeVisible()
  await expect(page.getByText('CommandAccepted ShipOrder in')).toBeVisible()
  await expect(order).toContainText('version 2 of 3')
  await page.keyboard.press('Shift+F10')
  await expect(order).toContainText('Changed by this event')
  await expect(rows.getByRole('group', { name: 'Rows of orders' })).toBeVisible()
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+F10')
  await expect(order).toContainText('version 0 of 3')
  await expect(rows).toContainText('No rows yet')
  const [, shown] =
    /position (\d+)/.exec((await page.getByText(/^Viewing position/).textContent()) ?? '') ?? []
  await expect(page).toHaveURL(new RegExp(`position=${shown}\\b`))
  await page.reload()
  await expect(order).toContainText('version 0 of 3')
  await page.getByRole('button', { name: 'Play history' }).click()
  await expect(order).toContainText('version 3 of 3')
})

test('what if and the position have no accessibility violation, light and dark', async ({ page }) => {
  const id = await shippedOrder(page)
  await page.goto(`/w/${id}/data/aggregates/Order/order-1?v=2`)
  await page.getByRole('tab', { name: 'What if' }).click()
  await decide(page, 'CancelOrder')
  await expect(whatIf(page).locator('tr[data-diverges]')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/w/${id}/data/at`)
  await page.getByRole('button', { name: 'Previous event' }).click()
  await expect(page.getByText(/^Viewing position \d+ of \d+$/)).toBeVisible()
  await expectAccessible(page)
})
