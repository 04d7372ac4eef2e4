import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { complaints } from './support/run-page'

/** A design of the template with three orders, one of them confirmed. */
async function threeOrders(page: Page): Promise<string> {
  const { id } = await (
    await page.request.post('/api/designs', { data: { template: 'order-fulfilment' } })
  ).json()
  const send = async (key: string, type: string, payload: unknown) => {
    const sent = await page.request.post(`/api/designs/${id}/aggregates/Order/${key}/commands`, {
      data: { type, payload },
    })
    expect(sent.status()).toBe(200)
  }
  for (const key of ['o1', 'o2', 'o3'])
    await send(key, 'CreateOrder', { customer: key, items: [{ productId: 'pen', quantity: 1, price: 3 }] })
  await send('o2', 'ConfirmOrder', {})
  return id
}

async function write(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: field, exact: true }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

const panel = (page: Page) => page.getByRole('region', { name: 'Effect on history', exact: true })

test('an evolve is edited and the streams that would change are seen before it is saved', async ({
  page,
}) => {
  const found = complaints(page)
  const id = await threeOrders(page)
  // nothing is saved while this is looked at
  await page.route(`**/api/designs/${id}`, (route) =>
    route.request().method() === 'PUT' ? route.fulfill({ status: 503, json: {} }) : route.continue(),
  )
  await page.goto(`/w/${id}/model?at=event:Order.OrderConfirmed`)
  await write(page, 'evolve', "(state) => ({ ...state, status: 'Accepted' })")
  await expect(panel(page)).toContainText('1 stream would change')
  await panel(page).getByRole('button', { name: 'Effect on history' }).click()
  await expect(panel(page)).toContainText('checked 3 of 3 streams, 4 events')
  await panel(page)
    .getByRole('button', { name: /^Order-o2/ })
    .click()
  await expect(
    panel(page).getByRole('group', { name: 'Order-o2, at version 2' }).locator('[data-mark="changed"]'),
  ).toContainText('"Confirmed" → "Accepted"')
  await expectAccessible(page)

  await write(page, 'evolve', "(state) => ({ ...state, status: 'Confirmed' }) // the same")
  await expect(panel(page)).toContainText('No recorded stream, row or answer would change')
  await write(page, 'evolve', '(state) => state.nothing.deep')
  await expect(panel(page)).toContainText('can be folded no more')
  await panel(page).getByRole('button', { name: 'Put back' }).click()
  await expect(panel(page)).toBeHidden()
  expect(found.filter((text) => !text.includes('503'))).toEqual([])
})

test('a handler is edited and the rows that would change are seen', async ({ page }) => {
  const id = await threeOrders(page)
  await page.goto(`/w/${id}/model?at=projection:orders`)
  await write(page, 'on OrderConfirmed', '() => null')
  await expect(panel(page)).toContainText('1 row would change')
  await panel(page).getByRole('button', { name: 'Effect on history' }).click()
  await expect(panel(page).getByRole('button', { name: /^o2/ })).toContainText('the row goes')
})

test('a decide is edited and the commands that would be answered otherwise are seen', async ({ page }) => {
  const id = await threeOrders(page)
  await page.goto(`/w/${id}/model?at=command:Order.ConfirmOrder`)
  await write(page, 'decide', "(command, state) => reject('NotPaid', state.customer + ' has not paid')")
  await expect(panel(page)).toContainText('1 answer would change')
  await panel(page).getByRole('button', { name: 'Effect on history' }).click()
  await expect(panel(page)).toContainText('commands to Order: 1 of 4 commands would be answered otherwise')
  const item = panel(page).getByRole('button', { name: /^ConfirmOrder to Order-o2 at version 1/ })
  await expect(item).toContainText('accepted → refused')
  await item.click()
  await expect(panel(page).getByRole('region', { name: 'It was answered' })).toContainText('OrderConfirmed')
  await expect(panel(page).getByRole('region', { name: 'It would be answered' })).toContainText(
    'o2 has not paid',
  )
})
