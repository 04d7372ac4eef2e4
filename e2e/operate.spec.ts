import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { act, makeDesign, makeRun, reaches } from './support/api'
import { complaints, node, openStart, openTemplate, runStatus, startRun } from './support/run-page'

const open = async (page: Page, template: string, body: Record<string, unknown>): Promise<string> => {
  const design = await makeDesign(page, template)
  const run = await makeRun(page, design, body)
  await page.goto(`/w/${design}/runs/${run}`)
  return run
}
const onNode = (page: Page) => page.getByRole('region', { name: 'Act on this node' })

test('step by step nothing begins until somebody steps, and F10 steps', async ({ page }) => {
  const found = complaints(page)
  await openTemplate(page, 'Order fulfilment')
  const form = await openStart(page)
  await form.getByRole('button', { name: 'Step by step' }).click()
  await startRun(page, form)
  await expect(node(page, 'Place order')).toHaveAccessibleName(/held until somebody steps/)
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expect(node(page, 'Place order')).toHaveAccessibleName(/, succeeded/)
  await expect(node(page, 'Charge payment')).toHaveAccessibleName(/held/)
  await page.keyboard.press('F10')
  await expect(node(page, 'Charge payment')).toHaveAccessibleName(/, succeeded/)
  await expect(node(page, 'Reserve stock')).toHaveAccessibleName(/held/)
  await page.getByRole('combobox', { name: 'How it goes' }).click()
  await page.getByRole('option', { name: 'Virtual' }).click()
  await expect(runStatus(page, 'Completed')).toBeVisible()
  expect(found).toEqual([])
})

test('a breakpoint stops the run before its node, and is set and taken away with F9', async ({ page }) => {
  await open(page, 'order-fulfilment', { breakpoints: ['confirm-order'] })
  await expect(node(page, 'Confirm order')).toHaveAccessibleName(/held/, { timeout: 20_000 })
  await node(page, 'Confirm order').click()
  await page.keyboard.press('F9')
  await expect(runStatus(page, 'Completed')).toBeVisible()
})

test('a step that waits for its next attempt is retried, skipped or failed by a person', async ({ page }) => {
  const retry = [{ node: 'score', effect: { type: 'error', code: 'BureauUnavailable', kind: 'technical' } }]
  const run = await open(page, 'loan-application', { faults: retry })
  await expect(node(page, 'Score the customer')).toHaveAccessibleName(/, retrying/)
  await act(page, run, { action: 'pause' })
  await expect(runStatus(page, 'Suspended')).toBeVisible()
  await expect(node(page, 'Score the customer')).toHaveAccessibleName(/, retrying/)
  await node(page, 'Score the customer').click()
  await onNode(page).getByRole('button', { name: 'Skip' }).click()
  const dialog = page.getByRole('dialog', { name: 'Skip the step' })
  await dialog.getByRole('textbox', { name: 'Output in its place' }).fill('{ "score": 700 }')
  await dialog.getByRole('textbox', { name: 'Who' }).fill('Ada')
  await dialog.getByRole('button', { name: 'Skip', exact: true }).click()
  await expect(node(page, 'Score the customer')).toHaveAccessibleName(/, skipped/)
  await act(page, run, { action: 'resume' })
  await expect(node(page, 'Approve the loan')).toHaveAccessibleName(/, waiting/)
  await node(page, 'Approve the loan').click()
  await onNode(page).getByRole('button', { name: 'Fail', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Fail the step' })
    .getByRole('button', { name: 'Fail', exact: true })
    .click()
  await reaches(page, run, 'compensated')
  await expect(page.getByRole('region', { name: 'This run' })).toContainText('FailedByHand')
})

test('what could not be undone is tried again or marked by hand after the end', async ({ page }) => {
  const faults = [
    { node: 'confirm-order', effect: { type: 'error', code: 'Broken' } },
    { node: 'charge-payment', phase: 'compensation', effect: { type: 'error', code: 'NoRefund' } },
    {
      node: 'reserve-stock',
      phase: 'compensation',
      attempt: 1,
      effect: { type: 'error', code: 'NoRelease' },
    },
  ]
  const run = await open(page, 'order-fulfilment', { mode: 'virtual', faults })
  await reaches(page, run, 'failed')
  await node(page, 'Reserve stock').click()
  await onNode(page).getByRole('button', { name: 'Retry compensation' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retry compensation' }).click()
  await expect(node(page, 'Reserve stock')).toHaveAccessibleName(/compensated/)
  await reaches(page, run, 'failed')
  await node(page, 'Charge payment').click()
  await onNode(page).getByRole('button', { name: 'Mark as compensated' }).click()
  const dialog = page.getByRole('dialog', { name: 'It was undone by hand' })
  await expect(dialog.getByRole('button', { name: 'Mark as compensated' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: /Why/ }).fill('refunded in cash')
  await dialog.getByRole('button', { name: 'Mark as compensated' }).click()
  await expect(runStatus(page, 'Compensated')).toBeVisible()
  await expect(page.getByText('Undone by hand: refunded in cash')).toBeVisible()
})

test('the data of a paused run are edited, and what follows goes by them', async ({ page }) => {
  const run = await open(page, 'loan-application', {})
  await expect(node(page, 'Approve the loan')).toHaveAccessibleName(/, waiting/)
  await act(page, run, { action: 'pause' })
  await expect(runStatus(page, 'Suspended')).toBeVisible()
  await page.getByRole('button', { name: 'Operate this run' }).click()
  await page.getByRole('menuitem', { name: 'Edit the data…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit the data' })
  await dialog
    .getByRole('textbox', { name: 'Data', exact: true })
    .fill('{ "customer": "bob", "amount": 1, "account": "x" }')
  await dialog.getByRole('button', { name: 'Put these in place' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('tab', { name: 'Data' }).click()
  await expect(page.getByRole('group', { name: 'Saga data' })).toContainText('bob')
})

test('a preset breaks the whole saga at once, and an engine that crashes goes on', async ({ page }) => {
  await openTemplate(page, 'Order fulfilment')
  const form = await openStart(page)
  await form.getByRole('button', { name: 'JSON' }).click()
  const input = form.getByRole('textbox', { name: 'Input' })
  for (const [text, refusal] of [
    ['{ "customer": ', 'Not run: part of the input cannot be read'],
    ['[]', 'Not run: the input is not what the saga takes'],
  ] as const) {
    await input.fill(text)
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(form.getByRole('alert').filter({ hasText: refusal })).toBeVisible()
  }
  await input.fill(
    '{ "customer": "ada", "delivery": "pickup", "address": "-", "items": [{ "productId": "k", "quantity": 1, "price": 4 }] }',
  )
  await form.getByRole('button', { name: 'Payment down' }).click()
  await expect(form.getByRole('list', { name: 'Faults' }).getByRole('listitem')).toHaveCount(1)
  await form.getByRole('button', { name: 'Nothing' }).click()
  await expect(form.getByRole('list', { name: 'Faults' })).toBeHidden()
  await form.getByRole('combobox', { name: 'Step' }).click()
  await page.getByRole('option', { name: 'Charge payment' }).click()
  await form.getByRole('combobox', { name: 'How it breaks' }).click()
  await page.getByRole('option', { name: /^Engine crash, outcome lost/ }).click()
  await form.getByRole('button', { name: 'Add fault' }).click()
  await form.getByRole('button', { name: 'Virtual' }).click()
  await startRun(page, form)
  await expect(runStatus(page, 'Completed')).toBeVisible()
  await page.getByRole('tab', { name: /^Events/ }).click()
  await expect(page.getByRole('listbox', { name: 'Events' })).toContainText('FaultInjected')
})

test('what a person can do is accessible, light and dark', async ({ page }) => {
  await open(page, 'order-fulfilment', { mode: 'manual' })
  await node(page, 'Place order').click()
  await expect(onNode(page)).toBeVisible()
  await expectAccessible(page)
  await onNode(page).getByRole('button', { name: 'Skip' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Why' }).fill('to see it disabled')
  await expect(dialog.getByRole('button', { name: 'Skip', exact: true })).toBeEnabled()
  await dialog.getByRole('textbox', { name: 'Output in its place' }).fill('{ "paid": ')
  await expect(dialog.getByRole('button', { name: 'Skip', exact: true })).toBeDisabled()
})
