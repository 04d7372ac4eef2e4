import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { canvas, card, edge, expectSaved, openEditor, palette, stored } from './support/editor-page'
import { complaints } from './support/run-page'

test('a sixth step and its compensation, dragged in; undone and done again', async ({ page }) => {
  const found = complaints(page)
  const id = await openEditor(page)
  await expect(canvas(page).getByRole('group', { name: /step \d of 5/ })).toHaveCount(5)

  await palette(page, 'Step').dragTo(edge(page, 'Confirm order', 'Order fulfilled'))
  await expect(card(page, 'New step, step 6 of 6')).toBeVisible()
  await palette(page, 'Compensation').dragTo(card(page, 'New step'))
  await expect(card(page, 'New step, step 6 of 6, compensation: script')).toBeVisible()

  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(card(page, 'New step')).toHaveCount(0)
  await expect(edge(page, 'Confirm order', 'Order fulfilled')).toBeAttached()
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Control+Shift+z')
  await expect(card(page, 'New step, step 6 of 6, compensation: script')).toBeVisible()

  await expectSaved(page)
  const { document } = await stored(page, id)
  expect(document.sagas[0]?.nodes.find(({ name }) => name === 'New step')?.compensation).toBeTruthy()
  expect(document.sagas[0]?.edges).toEqual(
    expect.arrayContaining([expect.objectContaining({ from: 'step', to: 'end' })]),
  )
  expect(found).toEqual([])
})

test('the same by keyboard alone: add, rename, give a compensation, delete and heal', async ({ page }) => {
  const id = await openEditor(page)
  await card(page, 'Confirm order').focus()
  await page.keyboard.press(' ')
  await page.keyboard.press('Tab')
  await page.getByPlaceholder('Add a node…').fill('step')
  await page.keyboard.press('Enter')
  await expect(card(page, 'New step, step 6 of 6')).toBeFocused()

  await page.keyboard.press('F2')
  await canvas(page).getByRole('textbox', { name: 'Name' }).fill('Send thanks')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Send thanks, step 6 of 6')).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Type a command or a node…').fill('compensation')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Send thanks, step 6 of 6, compensation: script')).toBeVisible()

  await card(page, 'Send thanks').focus()
  await page.keyboard.press('Delete')
  await expect(card(page, 'Send thanks')).toHaveCount(0)
  await expect(edge(page, 'Confirm order', 'Order fulfilled')).toBeAttached()
  await expectSaved(page)
  expect((await stored(page, id)).document.sagas[0]?.nodes.some(({ name }) => name === 'Send thanks')).toBe(
    false,
  )

  await test.step('and the design is given another name: one Esc closes the dialog, Enter renames and opens nothing', async () => {
    const dialog = page.getByRole('dialog', { name: 'Rename design' })
    for (const key of ['Escape', 'Enter']) {
      await page.getByRole('button', { name: 'Design menu' }).focus()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('menuitem', { name: 'Rename design…' })).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('Shop')
      await page.keyboard.press(key)
      await expect(dialog).toBeHidden()
    }
    await expect(page.getByRole('heading', { level: 1, name: 'Shop' })).toBeVisible()
    await expect(page.getByRole('menu')).toHaveCount(0)
  })
})

test('a link that would close a circle is refused with its reason', async ({ page }) => {
  const id = await openEditor(page)
  const before = (await stored(page, id)).document.sagas[0]?.edges.length
  const from = card(page, 'Confirm order')
  await from.hover()
  await from
    .locator('[data-handleid="out"]')
    .dragTo(card(page, 'Place order').locator('[data-handleid="in"]'))
  await expect(page.getByText(/would go round in a circle/)).toBeVisible()

  await test.step('and the keyboard does not even offer it', async () => {
    await from.focus()
    await page.keyboard.press(' ')
    await page.keyboard.press('c')
    await expect(page.getByText('Nothing to connect to')).toBeVisible()
  })
  expect((await stored(page, id)).document.sagas[0]?.edges).toHaveLength(before ?? 0)
})

test('a problem is listed, gone to, and solved by its quick fix', async ({ page }) => {
  await openEditor(page)
  await card(page, 'Charge payment').click()
  await page.getByRole('tab', { name: 'Compensation' }).click()
  await page.getByRole('button', { name: 'Remove compensation' }).click()
  const problem = page
    .getByRole('list', { name: 'Problems' })
    .getByRole('listitem')
    .filter({ hasText: 'MISSING_COMPENSATION' })
  await expect(problem).toBeVisible()
  await page.getByRole('tab', { name: 'Outline' }).click()
  await page.getByRole('treeitem', { name: /^Reserve stock/ }).click()
  await problem.getByRole('button', { name: /Charge payment/ }).click()
  await expect(page.getByRole('treeitem', { name: /^Charge payment/ })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await problem.getByRole('button').last().click()
  await expect(problem).toHaveCount(0)
})

test('a wire dropped on the empty canvas asks what comes there', async ({ page }) => {
  await openEditor(page)
  const from = card(page, 'Reserve stock')
  await from.hover()
  const handle = from.locator('[data-handleid="out"]')
  await handle.hover()
  await page.mouse.down()
  const box = await canvas(page).boundingBox()
  if (!box) throw new Error('the canvas has no size')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 60, { steps: 8 })
  await page.mouse.up()
  await page.getByPlaceholder('Add a node…').fill('fail')
  await page.keyboard.press('Enter')
  await expect(card(page, 'Give up')).toBeVisible()
  await expect(edge(page, 'Reserve stock', 'Give up')).toBeAttached()
})

test('a saga in disorder is tidied by a worker, from left to right, as one undo', async ({ page }) => {
  const found = complaints(page)
  await openEditor(page)
  const place = async (name: string): Promise<number> =>
    (await card(page, name).boundingBox())?.x ?? Number.NaN
  await card(page, 'Place order').focus()
  await page.keyboard.press(' ')
  for (let times = 0; times < 30; times += 1) await page.keyboard.press('Alt+Shift+ArrowRight')
  expect(await place('Place order')).toBeGreaterThan(await place('To be delivered'))
  const worker = page.waitForEvent('worker')
  await page.keyboard.press('Shift+A')
  await worker
  await expect.poll(async () => (await place('Place order')) < (await place('Charge payment'))).toBe(true)
  await expectSaved(page)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await place('Place order')) > (await place('To be delivered'))).toBe(true)
  expect(found).toEqual([])
})

test('arrows go from node to node, Enter opens one, Escape leaves the canvas', async ({ page }) => {
  await openEditor(page)
  await card(page, 'Order received').focus()
  for (const next of ['Place order', 'Charge payment']) {
    await page.keyboard.press('ArrowRight')
    await expect(card(page, next)).toBeFocused()
  }
  await page.keyboard.press('ArrowDown')
  await expect(card(page, 'Reserve stock')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Reserve stock')
  await card(page, 'Reserve stock').focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Zoom out' })).toBeFocused()
})

test('Shift adds a node to those that are chosen, and an undone shape that is done again has the keyboard', async ({
  page,
}) => {
  await openEditor(page)
  await card(page, 'Place order').click()
  await card(page, 'Charge payment').click({ modifiers: ['Shift'] })
  await expect(page.getByRole('heading', { name: '2 nodes' })).toBeVisible()
  await card(page, 'Charge payment').click({ modifiers: ['Shift'] })
  await expect(page.getByRole('heading', { name: 'Place order step' })).toBeVisible()

  const made = await page.request.post('/api/designs', {
    data: { document: { formatVersion: 1, name: 'Blank', sagas: [] } },
  })
  await page.goto(`/w/${(await made.json()).id}`)
  const begin = page.getByRole('region', { name: 'Begin' })
  await begin.getByRole('listitem').first().getByRole('button').click()
  await expect(canvas(page)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(begin).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(canvas(page)).toBeVisible()
  await page.keyboard.press('Control+a')
  await expect(page.getByRole('heading', { name: '4 nodes' })).toBeVisible()
})

test('a field says what is wrong with it, and the design keeps the last that was right', async ({ page }) => {
  const id = await openEditor(page)
  await card(page, 'Place order').click()
  const field = page.getByLabel('Id', { exact: false }).and(page.locator('input'))
  await field.fill('no good')
  await expect(page.getByText(/an id starts with a letter/)).toBeVisible()
  await field.fill('placeOrder')
  await expect(page.getByText(/an id starts with a letter/)).toBeHidden()
  await field.press('Enter')
  await field.pressSequentially('Now')
  await field.press('Enter')
  await expect(field).toBeFocused()
  await expectSaved(page)
  const { document } = await stored(page, id)
  expect(document.sagas[0]?.edges.some(({ to }) => to === 'placeOrderNow')).toBe(true)
})

test('the JSON and the graph are one design; while the text is broken the graph stays', async ({ page }) => {
  const id = await openEditor(page)
  await page.getByRole('navigation', { name: 'Mode' }).getByRole('link', { name: 'Code' }).click()
  const text = page.getByRole('textbox', { name: 'Design as JSON' })
  await text.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('x')
  await expect(
    page.getByRole('list', { name: 'Problems' }).getByText('line 1', { exact: true }),
  ).toBeVisible()
  await expect(page.getByRole('group', { name: /^Charge payment/ })).toBeVisible()
  await page.getByRole('navigation', { name: 'Mode' }).getByRole('link', { name: 'Design' }).click()
  await expect(canvas(page)).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Mode' }).getByRole('link', { name: 'Code' }).click()
  await text.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Delete')
  await expect(page.getByText('The text is a whole design')).toBeVisible()
  expect((await stored(page, id)).document.name).toBe('Order fulfilment')
})

test('nobody is kept out of the editor, light or dark', async ({ page }) => {
  const id = await openEditor(page)
  await card(page, 'Charge payment').click()
  await expect(page.getByRole('tab', { name: 'Config' })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/w/${id}/code`)
  await expect(page.getByRole('textbox', { name: 'Design as JSON' })).toBeVisible()
  await expectAccessible(page)
})
