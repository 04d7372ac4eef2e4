import { expect, type Locator, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { makeDesign, makeRun, reaches } from './support/api'
import { expectSaved, palette } from './support/editor-page'
import { complaints } from './support/run-page'

const map = (page: Page): Locator => page.getByRole('application', { name: 'Model map' })
const card = (page: Page, name: string): Locator =>
  map(page).getByRole('group', { name: new RegExp(`^${name}, `) })
const inspector = (page: Page): Locator => page.getByRole('region', { name: 'Inspector' })
const stored = async (page: Page, id: string) =>
  JSON.stringify((await (await page.request.get(`/api/designs/${id}`)).json()).document)

/** Draws a wire from one card to another by the mouse. */
async function wire(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover()
  const start = await from.locator('.react-flow__handle-right').boundingBox()
  const end = await to.boundingBox()
  if (!start || !end) throw new Error('both are on the screen')
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + 40, end.y + end.height / 2, { steps: 6 })
  await page.mouse.up()
}

test('an event is looked at, a new one dragged in, wired, renamed, and is seen everywhere', async ({
  page,
}) => {
  const found = complaints(page)
  const id = await makeDesign(page, 'order-fulfilment')
  await reaches(page, await makeRun(page, id, { mode: 'virtual' }), 'completed')
  await page.goto(`/w/${id}`)
  await page
    .getByRole('navigation', { name: 'Design' })
    .getByRole('link', { name: /^Model map/ })
    .click()

  await card(page, 'OrderConfirmed').click()
  await expect(inspector(page).getByRole('list', { name: 'Leads to it' })).toContainText('ConfirmOrder')
  await expect(inspector(page).getByRole('list', { name: 'Follows from it' })).toContainText('Orders')
  const instance = inspector(page).getByRole('list', { name: 'Recent instances' }).getByRole('link').first()
  await expect(instance).toHaveAttribute('href', /data\/aggregates\/Order\/.+\?v=2$/)
  // it is read again by itself: another run is another instance
  await reaches(page, await makeRun(page, id, { mode: 'virtual' }), 'completed')
  await expect(inspector(page).getByRole('list', { name: 'Recent instances' }).getByRole('link')).toHaveCount(
    2,
  )

  await palette(page, 'Event').dragTo(card(page, 'Order'))
  const noted = card(page, 'OrderNoted')
  await expect(noted).toContainText('OrderNoted')
  await expect(noted).toHaveAccessibleName(/nobody emits it, nobody listens/)
  await expect(inspector(page).getByRole('textbox', { name: 'evolve' })).toBeVisible()

  await wire(page, noted, card(page, 'Orders'))
  await expect(noted).toHaveAccessibleName(/feeds Orders, nobody emits it/)
  await wire(page, card(page, 'ShipOrder'), noted)
  await expect(noted).toHaveAccessibleName('OrderNoted, event of Order, emitted by ShipOrder, feeds Orders')

  await noted.click()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'New name' }).fill('ParcelWeighed')
  await page.keyboard.press('Enter')
  await expect(card(page, 'ParcelWeighed')).toBeFocused()
  await expect(page).toHaveURL(/at=event\/Order\/ParcelWeighed$/)
  await expectSaved(page)
  const text = await stored(page, id)
  expect(text).not.toContain('OrderNoted')
  expect(text.match(/ParcelWeighed/g)).toHaveLength(3)
  expect(found).toEqual([])
})

test('the keyboard goes over the map, wires, undoes, finds and asks before it deletes what is used', async ({
  page,
}) => {
  const id = await makeDesign(page, 'order-fulfilment')
  await page.goto(`/w/${id}/map?at=command/Order/ShipOrder`)
  await card(page, 'ShipOrder').focus()
  await page.keyboard.press('ArrowRight')
  await expect(card(page, 'Order')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(card(page, 'OrderShipped')).toBeFocused()

  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'Wire OrderShipped to' }).fill('Fulfil')
  await page.keyboard.press('Enter')
  const policy = card(page, 'on-OrderShipped')
  await expect(policy).toHaveAccessibleName(/reacts to OrderShipped, starts Fulfil order/)
  await expect(policy).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(policy).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(policy).toBeVisible()

  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: 'Find on the map' }).fill('CancelOr')
  await page.keyboard.press('Enter')
  await expect(card(page, 'CancelOrder')).toBeFocused()
  await page.keyboard.press('Delete')
  const asking = page.getByRole('alertdialog', { name: 'Delete CancelOrder?' })
  await expect(asking).toContainText('of fulfil-order')
})

test('an event of long ago is found, and a command sent elsewhere is seen where nothing is projected', async ({
  page,
}) => {
  const { document } = await (
    await page.request.get(`/api/designs/${await makeDesign(page, 'order-fulfilment')}`)
  ).json()
  const made = await page.request.post('/api/designs', {
    data: { document: { ...document, projections: [], policies: [], scenarios: [] } },
  })
  const { id } = await made.json()
  const send = async (key: string, type: string, payload: object) =>
    expect(
      (
        await page.request.post(`/api/designs/${id}/aggregates/Order/${key}/commands`, {
          data: { type, payload, commandId: `${key}-${type}` },
        })
      ).status(),
    ).toBe(200)
  const create = (key: string) =>
    send(key, 'CreateOrder', { customer: 'ada', items: [{ productId: 'pen', quantity: 1, price: 3 }] })
  await create('first')
  await send('first', 'CancelOrder', { reason: 'changed my mind' })
  // More instances than anybody looks at one by one.
  for (let nth = 0; nth < 12; nth += 1) await create(`later-${nth}`)
  await page.goto(`/w/${id}/map?at=event/Order/OrderCancelled`)
  const instances = inspector(page).getByRole('list', { name: 'Recent instances' }).getByRole('link')
  await expect(instances).toHaveCount(1)
  await send('later-3', 'CancelOrder', { reason: 'too late' })
  await expect(instances).toHaveCount(2)
  await expect(instances.first()).toContainText('later-3')
})

test('focus fades the rest, and nothing on the map is inaccessible, light and dark', async ({ page }) => {
  const id = await makeDesign(page, 'order-fulfilment')
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(`/w/${id}/map?at=event/Order/OrderShipped`)
  await card(page, 'OrderShipped').focus()
  await page.keyboard.press('f')
  await expect(page.getByText('Causes and effects of OrderShipped')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('tab', { name: 'Outline' }).click()
  await page.getByRole('treeitem', { name: /^OrderShipped/ }).focus()
  await page.keyboard.press('Enter')
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expect(page.getByRole('tab', { name: 'Definition' })).toHaveAttribute('aria-selected', 'true')
  await expectAccessible(page)
})
