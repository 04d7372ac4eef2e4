import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { makeDesign, makeRun, reaches } from './support/api'
import { expectSaved } from './support/editor-page'
import { complaints } from './support/run-page'

const outline = (page: Page) => page.getByRole('region', { name: 'Scenarios' })
const result = (page: Page) => page.getByRole('region', { name: 'Result of the scenario' })

test('a scenario is written by forms, seen to fail at once, and takes what happened', async ({ page }) => {
  const found = complaints(page)
  const id = await makeDesign(page, 'order-fulfilment')
  await page.goto(`/w/${id}/model?at=scenario:an-empty-order`)
  await expect(outline(page)).toContainText('5 of 5 pass')
  await expect(result(page).getByRole('status')).toHaveText('passes')

  await page.getByRole('textbox', { name: 'By the rule' }).fill('TooEarly')
  await expect(result(page).getByRole('status')).toHaveText('fails')
  await expect(result(page)).toContainText('TooEarly')
  await expect(result(page)).toContainText('EmptyOrder')
  await expect(outline(page)).toContainText('4 of 5 pass')
  await expectAccessible(page)

  await outline(page).getByRole('button', { name: 'Add scenario' }).click()
  await page.getByRole('menuitem', { name: 'Of an aggregate' }).click()
  await page.getByRole('button', { name: 'Add given event' }).click()
  await page.getByRole('combobox', { name: 'Event 1' }).click()
  await page.getByRole('option', { name: 'OrderConfirmed' }).click()
  await page.getByRole('combobox', { name: 'Command' }).click()
  await page.getByRole('option', { name: 'ShipOrder' }).click()
  await expect(result(page)).toContainText('All that happened')
  await page.getByRole('button', { name: 'Take what happened' }).click()
  await expect(result(page).getByRole('status')).toHaveText('passes')
  await expect(page.getByRole('checkbox', { name: 'These events are recorded' })).toBeChecked()
  await expect(outline(page)).toContainText('5 of 6 pass')
  await expectSaved(page)
  const body = await (await page.request.post(`/api/designs/${id}/scenarios/run`)).json()
  expect([body.passed, body.failed, body.broken]).toEqual([5, 1, 0])
  expect(found).toEqual([])
})

test('a run and a version of an aggregate are saved as scenarios that pass', async ({ page }) => {
  const found = complaints(page)
  const id = await makeDesign(page, 'order-fulfilment')
  const run = await makeRun(page, id, {
    mode: 'virtual',
    faults: [{ node: 'confirm-order', effect: { type: 'error' } }],
  })
  await reaches(page, run, 'compensated')
  await page.goto(`/w/${id}/runs/${run}`)
  await page.getByRole('button', { name: 'Operate this run' }).click()
  await page.getByRole('menuitem', { name: 'Save as scenario…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as scenario' })
  await expect(dialog.getByRole('status')).toHaveText('passes')
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Undone as it happened')
  await dialog.getByRole('button', { name: 'Save scenario' }).click()
  await expect(outline(page)).toContainText('6 of 6 pass')
  await expect(page.getByRole('heading', { name: 'Undone as it happened' })).toBeVisible()
  await expectAccessible(page)

  await page.goto(`/w/${id}/data/aggregates/Order/${run}?v=2`)
  await page.getByRole('button', { name: 'Save as scenario' }).click()
  await expect(dialog.getByRole('textbox', { name: 'reason' })).toHaveValue('InjectedFault')
  await expect(dialog.getByRole('status')).toHaveText('passes')
  await dialog.getByRole('button', { name: 'Save scenario' }).click()
  await expect(outline(page)).toContainText('7 of 7 pass')
  expect(found).toEqual([])
})
