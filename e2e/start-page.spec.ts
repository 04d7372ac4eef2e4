import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { complaints } from './support/run-page'

const designs = (page: Page) => page.getByRole('table', { name: 'My designs' })
const row = (page: Page, name: string) => designs(page).getByRole('row', { name: new RegExp(`^${name} `) })

/** A design with a name that no other test has, made as a program would. */
async function make(page: Page, name: string, template = 'money-transfer'): Promise<string> {
  const made = await (await page.request.post('/api/designs', { data: { template, name } })).json()
  return made.id
}
const choose = async (page: Page, name: string, action: string) => {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

test('templates say what they teach, and one becomes a design with one press', async ({ page }) => {
  const found = complaints(page)
  await page.goto('/')
  const cards = page.getByRole('list', { name: 'Templates' }).getByRole('heading')
  await expect(cards).toHaveText([
    'Order fulfilment',
    'Trip booking',
    'Money transfer',
    'Loan application',
    'Batch shipment',
    'Loyalty points',
  ])
  await page.getByRole('button', { name: 'Use template Trip booking' }).click()
  await expect(page).toHaveURL(/\/w\/[^/]+$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Trip booking' })).toBeVisible()
  await page.goto('/')
  await expect(row(page, 'Trip booking').first()).toBeVisible()
  expect(found).toEqual([])
})

test('a design is duplicated, exported, and its export imported again, all by the keyboard', async ({
  page,
}) => {
  const name = `Ledger ${Date.now()}`
  await make(page, name)
  await page.goto('/')
  await expect(row(page, name)).toBeVisible()

  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Duplicate' }).press('Enter')
  await expect(row(page, `${name} \\(copy\\)`)).toBeVisible()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Export JSON' }).press('Enter')
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^ledger-\d+\.json$/)

  await page.getByRole('button', { name: 'Import JSON' }).press('Enter')
  await page.getByLabel('Design file').setInputFiles(await download.path())
  await page.getByRole('button', { name: 'Import', exact: true }).press('Enter')
  await expect(page).toHaveURL(/\/w\/[^/]+$/)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a document that is wrong is refused with the path of what is wrong, and nothing is made', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Import JSON' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a design' })
  const document = dialog.getByLabel('Design document')
  const submit = dialog.getByRole('button', { name: 'Import', exact: true })
  await document.fill('{ "formatVersion": 1, ')
  await submit.click()
  await expect(dialog.getByRole('alert')).toContainText('This is not JSON')
  await document.fill(
    '{ "formatVersion": 1, "name": "Bad", "sagas": [{ "id": "1 2", "nodes": [], "edges": [] }] }',
  )
  await expect(dialog.getByRole('alert')).toBeHidden()
  await submit.click()
  await expect(dialog.getByRole('alert')).toContainText('sagas[0].id')
  await document.fill('{ "formatVersion": 99, "name": "Later" }')
  await submit.click()
  await expect(dialog.getByRole('alert')).toContainText('format version 99')
  await expect(page).toHaveURL(/\/$/)
})

test('a design whose run is under way is deleted only when that was said twice', async ({ page }) => {
  const name = `Busy ${Date.now()}`
  const made = await page.request.post('/api/designs', {
    data: {
      document: {
        formatVersion: 1,
        name,
        sagas: [
          {
            id: 'main',
            nodes: [
              { id: 'start', type: 'start' },
              { id: 'pause', type: 'wait', durationMs: 3_600_000 },
              { id: 'end', type: 'end' },
            ],
            edges: [
              { id: 'e1', from: 'start', to: 'pause' },
              { id: 'e2', from: 'pause', to: 'end' },
            ],
          },
        ],
      },
    },
  })
  const { id } = await made.json()
  const run = await (
    await page.request.post(`/api/designs/${id}/runs`, { data: { saga: 'main', input: {} } })
  ).json()

  await page.goto('/')
  await choose(page, name, 'Delete…')
  await page
    .getByRole('alertdialog', { name: `Delete “${name}”?` })
    .getByRole('button', { name: 'Delete design' })
    .click()
  const second = page.getByRole('alertdialog', { name: 'Runs are under way' })
  await expect(second).toContainText(run.id)
  await second.getByRole('button', { name: 'Cancel' }).click()
  await expect(second).toBeHidden()
  expect((await page.request.get(`/api/designs/${id}`)).status()).toBe(200)

  await choose(page, name, 'Delete…')
  await page.getByRole('button', { name: 'Delete design' }).click()
  await second.getByRole('button', { name: 'Stop runs and delete' }).click()
  // What is behind an open dialog is hidden, too.
  await expect(second).toBeHidden()
  await expect(row(page, name)).toBeHidden()
  expect((await page.request.get(`/api/designs/${id}`)).status()).toBe(404)
})

test('the start page has no accessibility violation, its dialog included', async ({ page }) => {
  await make(page, 'Axe')
  await page.goto('/')
  await expect(designs(page)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Import JSON' }).click()
  await expect(page.getByRole('dialog', { name: 'Import a design' })).toBeVisible()
  await expectAccessible(page)
})
