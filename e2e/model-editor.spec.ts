import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { expectSaved } from './support/editor-page'
import { complaints } from './support/run-page'

async function openModel(page: Page, at: string): Promise<string> {
  const { id } = await (
    await page.request.post('/api/designs', { data: { template: 'order-fulfilment' } })
  ).json()
  await page.goto(`/w/${id}/model?at=${at}`)
  return id
}
const previewed = (page: Page) => page.getByRole('list', { name: 'Previewed commands' }).getByRole('listitem')
const code = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

/** Replaces what a code editor holds, by the keyboard. */
async function write(page: Page, field: string, text: string): Promise<void> {
  await code(page, field).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

test('a rule changed in decide is seen to reject at once, and reaches the server', async ({ page }) => {
  const found = complaints(page)
  const id = await openModel(page, 'command:Order.ConfirmOrder')
  await expect(page.getByText('Preview: nothing is saved')).toBeVisible()
  const confirm = previewed(page).filter({ hasText: 'ConfirmOrder' }).first()
  await expect(confirm).toContainText('Accepted')
  await expect(confirm).toContainText('OrderConfirmed')

  await write(page, 'decide', "(command, state) => reject('ShopClosed', 'come back on Monday')")
  await expect(confirm).toContainText('Rejected')
  await expect(confirm).toContainText('ShopClosed')
  await expect(confirm).toContainText('come back on Monday')
  await expectSaved(page)
  const { document } = await (await page.request.get(`/api/designs/${id}`)).json()
  expect(JSON.stringify(document.aggregates[0].commands)).toContain('ShopClosed')
  const streams = await (await page.request.get(`/api/designs/${id}/streams`)).json()
  expect(streams.items).toEqual([])
  expect(found).toEqual([])
})

test('a syntax error is shown at its own line, in the tree, and is gone when it is mended', async ({
  page,
}) => {
  await openModel(page, 'command:Order.ConfirmOrder')
  await write(page, 'decide', '(command, state) => {\n  const x = ;\n  return []\n}')
  await expect(page.getByText(/^Line 2: /).first()).toBeVisible()
  const entry = page
    .getByRole('navigation', { name: 'Definitions' })
    .getByRole('button', { name: /^ConfirmOrder/ })
  await expect(entry).toHaveAccessibleName(/1\s*problem/)
  await write(page, 'decide', '(command, state) => []')
  await expect(page.getByText(/^Line 2: /)).toHaveCount(0)
  await expect(entry).toHaveAccessibleName('ConfirmOrder')
})

test('a throw is shown in the preview at the line it came from', async ({ page }) => {
  await openModel(page, 'event:Order.OrderCreated')
  await write(page, 'evolve', '(state, event) => {\n  return state.nowhere.deep\n}')
  const create = previewed(page).filter({ hasText: 'CreateOrder' }).first()
  await expect(create).toContainText('CODE_THREW')
  await expect(create).toContainText('line 2')
})

test('a command sent by form shows its events and the state; a second one meets that state', async ({
  page,
}) => {
  await openModel(page, 'command:Order.CreateOrder')
  const count = 5
  await expect(previewed(page).filter({ has: page.getByRole('button', { name: /^Remove / }) })).toHaveCount(
    count,
  )
  await page.getByRole('button', { name: 'Send CreateOrder' }).click()
  const last = page.getByRole('list', { name: 'Previewed commands' }).locator('> li').last()
  await expect(last).toContainText('Rejected')
  await expect(last).toContainText('InvalidStateTransition')
  await page.getByRole('button', { name: 'Back to examples' }).click()
  await expect(previewed(page).filter({ has: page.getByRole('button', { name: /^Remove / }) })).toHaveCount(
    count,
  )
})

test('a command is renamed with what sends it; a name that is taken is refused', async ({ page }) => {
  const id = await openModel(page, 'command:Order.ConfirmOrder')
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('CreateOrder')
  await name.press('Enter')
  await expect(page.getByText('“CreateOrder” is taken')).toBeVisible()
  await name.fill('AcceptOrder')
  await name.press('Enter')
  await expect(page.getByRole('heading', { name: 'AcceptOrder' })).toBeVisible()
  await expect(page).toHaveURL(/at=command:Order\.AcceptOrder$/)
  await expectSaved(page)
  const sagas = async () =>
    JSON.stringify((await (await page.request.get(`/api/designs/${id}`)).json()).document.sagas)
  expect(await sagas()).toContain('"command":"AcceptOrder"')
  expect(await sagas()).not.toContain('ConfirmOrder')
})

test('a new aggregate works at once: its command, its event and the state after it', async ({ page }) => {
  await openModel(page, 'aggregate:Order')
  await page.getByRole('button', { name: 'Add aggregate' }).click()
  await expect(page.getByRole('heading', { name: 'Thing' })).toBeVisible()
  const first = previewed(page).filter({ hasText: 'NoteThing' }).first()
  await expect(first).toContainText('ThingNoted')
  await page.getByRole('button', { name: 'Add read model' }).click()
  await expect(page.getByRole('heading', { name: 'overview' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Previewed rows' }).getByRole('listitem').first()).toBeVisible()
})

test('an operation previews its latency and errors from a seed', async ({ page }) => {
  await openModel(page, 'operation:payment.charge')
  await expect(page.getByText('40 of 40')).toBeVisible()
  await page.getByLabel('Probability of ServiceUnavailable in percent', { exact: true }).fill('50')
  await page.keyboard.press('Tab')
  await expect(page.getByText('40 of 40')).toBeHidden()
  await expect(page.getByRole('term').filter({ hasText: 'ServiceUnavailable' })).toBeVisible()
  const median = page.getByRole('term').filter({ hasText: 'median' }).locator('+ dd')
  const before = (await median.textContent()) ?? ''
  await page.getByRole('button', { name: 'Another' }).click()
  await expect(median).not.toHaveText(before)
  await page.getByRole('textbox', { name: 'Seed' }).fill('1')
  await expect(median).toHaveText(before)
})

test('what is used is not deleted without saying where', async ({ page }) => {
  await openModel(page, 'command:Order.ConfirmOrder')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const asking = page.getByRole('alertdialog', { name: 'Delete ConfirmOrder?' })
  await expect(asking).toContainText('step Confirm order of fulfil-order')
  await asking.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Order', exact: true })).toBeVisible()
})

for (const at of ['command:Order.CreateOrder', 'projection:orders', 'operation:payment.charge']) {
  test(`the editor of ${at} has no accessibility violation`, async ({ page }) => {
    await openModel(page, at)
    await expect(page.getByRole('textbox').first()).toBeVisible()
    await expectAccessible(page)
  })
}
