import { expect, type Page, test } from '@playwright/test'
import { canvas, expectSaved, openEditor, stored } from './support/editor-page'

const sagaName = (page: Page) => page.getByLabel('Saga name')

async function twoTabs(page: Page): Promise<{ readonly id: string; readonly other: Page }> {
  const id = await openEditor(page)
  const other = await page.context().newPage()
  await other.goto(`/w/${id}`)
  await expect(canvas(other)).toBeVisible()
  await sagaName(other).fill('Theirs')
  await expectSaved(other)
  await expect.poll(async () => (await stored(page, id)).version).toBe(2)
  await sagaName(page).fill('Mine')
  await expect(page.getByRole('dialog', { name: 'This design was saved elsewhere' })).toBeVisible()
  return { id, other }
}

const nameStored = async (page: Page, id: string): Promise<unknown> => {
  const [saga] = (await stored(page, id)).document.sagas
  return saga && 'name' in saga ? saga.name : null
}

test('what another tab saved is not overwritten unasked; "keep mine" overwrites it', async ({ page }) => {
  const { id } = await twoTabs(page)
  expect(await nameStored(page, id)).toBe('Theirs')
  await expect(page.getByText('The saga "fulfil-order"')).toBeVisible()
  await page.getByRole('button', { name: 'Keep mine (overwrite)' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expectSaved(page)
  expect(await nameStored(page, id)).toBe('Mine')
})

test('"take theirs" shows what the other tab saved, and editing goes on from there', async ({ page }) => {
  const { id } = await twoTabs(page)
  await page.getByRole('button', { name: 'Take theirs' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(sagaName(page)).toHaveValue('Theirs')
  await sagaName(page).fill('Both')
  await expectSaved(page)
  await expect.poll(() => nameStored(page, id)).toBe('Both')
})

test('the dialog can be put off: nothing is saved until it is decided', async ({ page }) => {
  const { id } = await twoTabs(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await sagaName(page).fill('Mine still')
  await expect(page.locator('[data-save-state="conflict"]')).toBeVisible()
  expect(await nameStored(page, id)).toBe('Theirs')
  await page.getByRole('button', { name: 'Resolve…' }).click()
  await page.getByRole('button', { name: 'Keep mine (overwrite)' }).click()
  await expectSaved(page)
  expect(await nameStored(page, id)).toBe('Mine still')
})
