import { expect, type Page, test } from '@playwright/test'
import { makeDesign, makeRun, reaches } from './support/api'
import { complaints, node, runStatus } from './support/run-page'

const open = async (page: Page, template: string, body: Record<string, unknown>): Promise<string> => {
  const design = await makeDesign(page, template)
  const run = await makeRun(page, design, body)
  await page.goto(`/w/${design}/runs/${run}`)
  return run
}
const goes = async (page: Page, pace: string) => {
  await page.getByRole('combobox', { name: 'How it goes' }).click()
  await page.getByRole('option', { name: pace, exact: true }).click()
}
const operate = async (page: Page, choice: string, title: string, confirm: string) => {
  await page.getByRole('button', { name: 'Operate this run' }).click()
  await page.getByRole('menuitem', { name: choice }).click()
  await page.getByRole('dialog', { name: title }).getByRole('button', { name: confirm, exact: true }).click()
}

test('a run is made faster while it goes, and a call of ten minutes takes a moment', async ({ page }) => {
  const found = complaints(page)
  const slow = { node: 'place-order', effect: { type: 'latency', ms: 600_000 } }
  const run = await open(page, 'order-fulfilment', { faults: [slow] })
  await expect(node(page, 'Place order')).toHaveAccessibleName(/, running/)
  await goes(page, 'Live 10×')
  await expect(page.getByRole('combobox', { name: 'How it goes' })).toContainText('Live 10×')
  await goes(page, 'Virtual')
  await expect(runStatus(page, 'Completed')).toBeVisible()
  const { endedAt, startedAt } = await (await page.request.get(`/api/runs/${run}`)).json()
  expect(endedAt - startedAt).toBeGreaterThanOrEqual(600_000)
  expect(found).toEqual([])
})

test('a run that has ended is played again, as a time-lapse, and calls nothing', async ({ page }) => {
  const run = await open(page, 'order-fulfilment', { mode: 'virtual' })
  await reaches(page, run, 'completed')
  await expect(runStatus(page, 'Completed')).toBeVisible()
  const before = await (await page.request.get(`/api/runs/${run}`)).json()
  const replay = page.getByRole('region', { name: 'Replay' })
  await replay.getByRole('button', { name: 'First event' }).click()
  await expect(node(page, 'Charge payment')).toHaveAccessibleName(/, pending/)
  await replay.getByRole('combobox', { name: 'Replay speed' }).click()
  await page.getByRole('option', { name: '4×', exact: true }).click()
  await replay.getByRole('button', { name: 'Play' }).click()
  await expect(node(page, 'Charge payment')).toHaveAccessibleName(/, running/)
  await expect(node(page, 'Confirm order')).toHaveAccessibleName(/, succeeded/, { timeout: 20_000 })
  await expect(page.getByText(/^Viewing event/)).toBeHidden()
  expect(await (await page.request.get(`/api/runs/${run}`)).json()).toEqual(before)
})

test('a run is cancelled, and what was done is undone in reverse', async ({ page }) => {
  await open(page, 'loan-application', {})
  await expect(node(page, 'Approve the loan')).toHaveAccessibleName(/, waiting/)
  await operate(page, 'Cancel and compensate…', 'Cancel the run', 'Cancel and compensate')
  await expect(runStatus(page, 'Compensated')).toBeVisible()
  await expect(node(page, 'Open the file')).toHaveAccessibleName(/compensated/)
  await expect(page.getByRole('region', { name: 'This run' })).toContainText('Cancelled')
})

test('a step that fails after the pivot waits for a person, who has it tried again', async ({ page }) => {
  const faults = [{ node: 'send-itinerary', attempt: 1, effect: { type: 'error', code: 'NoSuchAddress' } }]
  const run = await open(page, 'trip-booking', { mode: 'virtual', faults })
  await reaches(page, run, 'suspended')
  await node(page, 'Send itinerary').click()
  await page.getByRole('region', { name: 'Act on this node' }).getByRole('button', { name: 'Retry' }).click()
  const dialog = page.getByRole('dialog', { name: 'Retry the step' })
  await dialog.getByRole('textbox', { name: 'Who' }).fill('Ada')
  await dialog.getByRole('button', { name: 'Retry', exact: true }).click()
  await expect(runStatus(page, 'Completed')).toBeVisible()
  await expect(node(page, 'Send itinerary')).toHaveAccessibleName(/, succeeded/)
})

test('everything is undone at once, past the pivot too', async ({ page }) => {
  const faults = [{ node: 'send-itinerary', effect: { type: 'error', code: 'NoSuchAddress' } }]
  const run = await open(page, 'trip-booking', { mode: 'virtual', faults })
  await reaches(page, run, 'suspended')
  await operate(page, 'Compensate now…', 'Compensate now', 'Compensate')
  await expect(runStatus(page, /^(Compensated|Failed)$/)).toBeVisible()
  await expect(node(page, 'Book flight')).toHaveAccessibleName(/compensated/)
  await expect(node(page, 'Book car')).toHaveAccessibleName(/compensated/)
})
