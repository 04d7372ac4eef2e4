import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { expectSaved } from './support/editor-page'
import { complaints } from './support/run-page'

async function newDesign(page: Page, template: string): Promise<string> {
  const { id } = await (await page.request.post('/api/designs', { data: { template } })).json()
  return id
}
const answer = (page: Page) => page.getByRole('status', { name: 'Answer' })
const sent = (page: Page) =>
  page.getByRole('list', { name: 'Recorded commands, newest first' }).locator('> li')

/** Replaces what a code editor holds, by the keyboard. */
async function write(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: field, exact: true }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

test('a command sent by hand shows what it changed; a refused one names the rule, and both are remembered', async ({
  page,
}) => {
  const found = complaints(page)
  const id = await newDesign(page, 'order-fulfilment')
  await page.goto(`/w/${id}/data`)
  await page.getByRole('button', { name: 'Send a command' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send a command' })
  await expect(dialog.getByLabel('Key')).toHaveValue('order-1')
  await dialog.getByLabel(/^Customer/).press('Control+Enter')
  await expect(answer(page)).toContainText('Accepted: version 1')
  await expect(answer(page).getByRole('list', { name: 'What it led to' })).toContainText('OrderCreated')
  await expect(answer(page).locator('[data-mark="changed"]').filter({ hasText: 'status' })).toContainText(
    'Pending',
  )

  await dialog.getByRole('link', { name: 'Open Order order-1' }).click()
  await expect(sent(page)).toHaveText([/1\s*CreateOrder/])
  await page.getByRole('combobox', { name: 'Command' }).click()
  await page.getByRole('option', { name: 'ShipOrder' }).click()
  await page.getByRole('button', { name: 'Send ShipOrder' }).click()
  await expect(answer(page)).toContainText('InvalidStateTransition')
  await expect(answer(page)).toContainText('a Pending order cannot be shipped')
  await expect(sent(page)).toHaveText([/2\s*ShipOrder.*InvalidStateTransition/, /1\s*CreateOrder/])

  // What another program does is remembered here too; the refusal stays the answer to the command that got it.
  await page.request.post(`/api/designs/${id}/aggregates/Order/order-1/commands`, {
    data: { type: 'ConfirmOrder', payload: {} },
  })
  await expect(sent(page)).toHaveCount(3)
  await page.getByRole('button', { name: 'Send again under the same id' }).click()
  await expect(answer(page)).toContainText('a Pending order cannot be shipped')
  await expect(sent(page)).toHaveCount(3)
  await sent(page)
    .nth(1)
    .getByRole('button', { name: /ShipOrder/ })
    .click()
  await sent(page).nth(1).getByRole('button', { name: 'Put into the form' }).click()
  await page.getByRole('button', { name: 'Send ShipOrder' }).click()
  await expect(answer(page)).toContainText('Accepted: version 3')
  await expect(sent(page)).toHaveCount(4)
  await expectAccessible(page)

  await sent(page).nth(2).getByRole('link', { name: 'Open the rule is-confirmed' }).click()
  await expect(page).toHaveURL(/\/model\?at=rule:Order\.is-confirmed$/)
  await expect(page.getByRole('heading', { name: 'is-confirmed' })).toBeVisible()
  // The refusals, of which the browser says that they are no success.
  expect(found.filter((line) => !line.includes('422'))).toEqual([])
})

test('a rule is written, tried by itself, asked for by a command, and refuses on the server; old events are lifted', async ({
  page,
}) => {
  const found = complaints(page)
  const id = await newDesign(page, 'order-fulfilment')
  await page.goto(`/w/${id}/model?at=command:Order.ConfirmOrder`)
  const rules = page.getByRole('list', { name: 'Rules of ConfirmOrder' })
  await page.getByRole('button', { name: 'New rule' }).click()
  await expect(rules.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Ask rule earlier' }).click()
  await expect(rules.getByRole('listitem')).toHaveText([/rule/, /is-pending/])
  await rules.getByRole('button', { name: 'rule', exact: true }).click()

  const verdict = page.getByRole('status', { name: /^Verdict of/ })
  await expect(verdict).toContainText('Holds')
  await write(page, 'check', "(command, state) => state.total <= 50 || 'more than 50 is confirmed by hand'")
  await page.getByRole('combobox', { name: 'State' }).click()
  await page.getByRole('option', { name: 'After 1 CreateOrder' }).click()
  await expect(verdict).toContainText('Refuses')
  await expect(verdict).toContainText('more than 50 is confirmed by hand')
  const name = page.getByRole('textbox', { name: 'Id' })
  await name.fill('small-enough')
  await name.press('Enter')
  await expect(page).toHaveURL(/rule:Order\.small-enough$/)
  await expectAccessible(page)
  await expectSaved(page)

  const send = (type: string, payload: unknown) =>
    page.request.post(`/api/designs/${id}/aggregates/Order/o/commands`, { data: { type, payload } })
  await send('CreateOrder', { customer: 'ada', items: [{ productId: 'k', quantity: 2, price: 45 }] })
  const refused = await (await send('ConfirmOrder', {})).json()
  expect(refused.rejection).toEqual({
    code: 'small-enough',
    message: 'more than 50 is confirmed by hand',
    rule: 'small-enough',
  })

  await page.goto(`/w/${id}/model?at=event:Order.OrderShipped`)
  await page.getByRole('button', { name: 'New version' }).click()
  await write(page, 'Upcaster 1 → 2', '({ parcel }) => ({ trackingNumber: parcel })')
  await write(page, 'Data as it was written', '{ "parcel": "p-1" }')
  await expect(page.getByRole('group', { name: 'Data at version 2' })).toContainText('p-1')
  await expectAccessible(page)
  expect(found).toEqual([])
})
