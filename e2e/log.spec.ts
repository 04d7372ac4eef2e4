import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { makeDesign, makeRun, reaches } from './support/api'
import { complaints } from './support/run-page'

const list = (page: Page) => page.getByRole('listbox', { name: 'Events of the log' })
const rows = (page: Page) => list(page).getByRole('option')
const chosen = (page: Page) => list(page).getByRole('option', { selected: true })

/** So many orders, each an event, sent as a program would. */
async function placeOrders(page: Page, design: string, count: number, name = 'order'): Promise<void> {
  const items = [{ productId: 'keyboard', quantity: 2, price: 45 }]
  for (let index = 0; index < count; index += 1) {
    const path = `/api/designs/${design}/aggregates/Order/${name}-${index}/commands`
    const data = { type: 'CreateOrder', payload: { customer: index === 7 ? 'Grace' : 'ada', items } }
    expect((await page.request.post(path, { data })).status()).toBe(200)
  }
}

test('the log is followed, searched, and moved through by keys; an event leads to where it belongs', async ({
  page,
}) => {
  const found = complaints(page)
  const design = await makeDesign(page, 'order-fulfilment')
  const run = await makeRun(page, design, { mode: 'virtual' })
  await reaches(page, run, 'completed')
  await placeOrders(page, design, 40)
  await page.goto(`/w/${design}/data`)
  await page.getByRole('link', { name: 'Open the log' }).click()

  await test.step('at its end, what comes is there at once', async () => {
    await expect(rows(page).last()).toContainText('Order-order-39')
    await placeOrders(page, design, 1, 'late')
    await expect(rows(page).last()).toContainText('Order-late-0')
  })

  await test.step('scrolled up it stays where it is, and takes up the end again when told', async () => {
    await list(page).hover()
    await page.mouse.wheel(0, -400)
    const follow = page.getByRole('button', { name: 'Follow the end' })
    await expect(follow).toBeVisible()
    const top = await list(page).evaluate((box) => box.scrollTop)
    await placeOrders(page, design, 2, 'later')
    await expect(page.getByText(/^\d+ events$/)).toBeVisible()
    expect(await list(page).evaluate((box) => box.scrollTop)).toBe(top)
    await follow.click()
    await expect(rows(page).last()).toContainText('Order-later-1')
    await expect(follow).toBeHidden()
  })

  await test.step('a text finds what has it, and the address says so', async () => {
    await page.getByRole('textbox', { name: 'Text in the data' }).fill('GRACE')
    // The command with its answer, and the event.
    await expect(rows(page)).toHaveCount(2)
    await expect(rows(page).last()).toContainText('Order-order-7')
    await expect(page).toHaveURL(/\?text=GRACE/)
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await expect(rows(page).last()).toContainText('Order-later-1')
  })

  await test.step('by keys, to the first event of the run, and from there into it', async () => {
    await list(page).focus()
    await page.keyboard.press('Home')
    await expect(chosen(page)).toContainText('SagaStarted')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await expect(page).toHaveURL(/at=\d+/)
    await expect(page.getByRole('region', { name: 'Event data' })).toContainText('SagaStarted')
    // Right after a key, while the address is still to be written: what is clicked is where one goes.
    await page.keyboard.press('ArrowDown')
    await page.getByRole('link', { name: `run ${run}`, exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`/runs/${run}\\?seq=\\d`))
  })
  expect(found).toEqual([])
})

test('a log goes out as a file and comes back as a new design, with its runs as history', async ({
  page,
}) => {
  const found = complaints(page)
  const design = await makeDesign(page, 'order-fulfilment')
  const run = await makeRun(page, design, { mode: 'virtual' })
  await reaches(page, run, 'completed')
  await page.goto(`/w/${design}/data/log`)
  await expect(rows(page).first()).toContainText('SagaStarted')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export' }).click(),
  ])
  const events = await page.getByText(/^\d+ events$/).textContent()

  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a log' })
  await expect(dialog).toBeVisible()
  const broken = { name: 'broken.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from('{"a":1}\n') }
  await dialog.getByLabel('Log file').setInputFiles(broken)
  await dialog.getByRole('button', { name: 'As a new design' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Line 1')
  await dialog.getByLabel('Log file').setInputFiles(await download.path())
  await dialog.getByRole('button', { name: 'As a new design' }).click()
  await expect(page).not.toHaveURL(new RegExp(design))
  await expect(page.getByText(events ?? '', { exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Run', exact: true }).click()
  await page
    .getByRole('link', { name: /Completed/ })
    .first()
    .click()
  await expect(page.getByText('imported: history')).toBeVisible()
  // The broken file was refused, and the browser says so of any answer that is no success.
  expect(found.filter((line) => !line.includes('422'))).toEqual([])
})

test('the log has nothing that axe complains of, light and dark, wide and narrow', async ({ page }) => {
  const design = await makeDesign(page, 'order-fulfilment')
  await placeOrders(page, design, 3)
  await page.goto(`/w/${design}/data/log`)
  await expect(rows(page)).toHaveCount(6)
  await rows(page).nth(1).click()
  await expect(page.getByRole('region', { name: 'Event data' })).toContainText('OrderCreated')
  await expectAccessible(page)
  await page.setViewportSize({ width: 600, height: 800 })
  await expect(page.getByRole('region', { name: 'Event data' })).toBeVisible()
  await expectAccessible(page)
})

test('an address of what is not there says so, and leads back', async ({ page }) => {
  const design = await makeDesign(page, 'order-fulfilment')
  await placeOrders(page, design, 1)
  await page.goto(`/w/${design}/data/aggregates/Nope/nope`)
  await expect(page.getByText('There is no aggregate “Nope”')).toBeVisible()
  await expect(page.getByRole('link', { name: 'All data' })).toBeVisible()
  await page.goto(`/w/${design}/data/causation/abc`)
  await expect(page.getByText('There is no event abc')).toBeVisible()
  await page.goto(`/w/${design}/data/at?position=99999999`)
  await expect(page.getByText('There is no position 99999999')).toBeVisible()
  await page.getByRole('button', { name: 'Go to the latest' }).click()
  await expect(page.getByText('OrderCreated')).toBeVisible()
  await page.goto(`/w/${design}/data/log?at=99999999`)
  await expect(page.getByText('There is no position 99999999 yet')).toBeVisible()
  await expect(chosen(page)).toContainText('OrderCreated')
})
