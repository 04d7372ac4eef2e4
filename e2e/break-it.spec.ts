import { expect, test } from '@playwright/test'
import {
  complaints,
  eventTypes,
  node,
  openStart,
  openTemplate,
  runStatus,
  startRun,
} from './support/run-page'

test('the last step broken, everything before it is undone in reverse, each with what its own step returned', async ({
  page,
}) => {
  const found = complaints(page)
  await openTemplate(page, 'Order fulfilment')
  const form = await openStart(page)
  await node(page, 'Confirm order').click()
  await expect(form.getByRole('list', { name: 'Faults' }).getByRole('listitem')).toHaveCount(1)
  await startRun(page, form)
  await expect(runStatus(page, 'Compensated')).toBeVisible({ timeout: 20_000 })
  await expect(node(page, 'Confirm order')).toHaveAccessibleName(/, failed/)

  await test.step('in the reversed order of the graph', async () => {
    const said = await eventTypes(page)
    const done = said
      .filter((line) => line.startsWith('CompensationCompleted'))
      .map((line) => line.split(' · ')[1])
    expect(done).toHaveLength(4)
    expect(done[0]).toBe('Book courier')
    expect([...done.slice(1, 3)].sort()).toEqual(['Charge payment', 'Reserve stock'])
    expect(done[3]).toBe('Place order')
  })

  await test.step('the refund is of the very payment that was taken', async () => {
    await node(page, 'Charge payment').click()
    const inspector = page.getByRole('region', { name: 'Node Charge payment' })
    const output = inspector.getByRole('group', { name: 'Output', exact: true })
    const paid = /pay-[0-9a-f]+/.exec((await output.textContent()) ?? '')?.[0]
    expect(paid).toBeTruthy()
    await expect(inspector.getByRole('group', { name: 'Compensation input' })).toContainText(paid ?? '')
  })

  await test.step('the cursor takes the graph back to before the failure, and returns', async () => {
    await page.getByRole('button', { name: 'First event' }).click()
    await expect(page.getByText(/^Viewing event 1 of \d+$/)).toBeVisible()
    await expect(page).toHaveURL(/seq=1$/)
    await expect(node(page, 'Confirm order')).toHaveAccessibleName(/, pending/)
    await page.keyboard.press('F10')
    await expect(page.getByText(/^Viewing event 2 of \d+$/)).toBeVisible()
    await page.getByRole('button', { name: 'Return to live' }).click()
    await expect(page.getByText(/^Viewing event/)).toBeHidden()
    await expect(node(page, 'Confirm order')).toHaveAccessibleName(/, failed/)
  })

  await test.step('a link with the cursor in it opens the run as it was', async () => {
    const link = `${page.url().split('?')[0]}?seq=2`
    await page.goto(link)
    await expect(page.getByText(/^Viewing event 2 of \d+$/)).toBeVisible()
    await page.getByRole('button', { name: 'Return to live' }).click()
  })
  expect(found).toEqual([])
})

test('an ended run runs again with a step broken from its inspector', async ({ page }) => {
  await openTemplate(page, 'Order fulfilment')
  await startRun(page, await openStart(page))
  await expect(runStatus(page, 'Completed')).toBeVisible()
  const first = page.url()
  await node(page, 'Book courier').click()
  const inspector = page.getByRole('region', { name: 'Node Book courier' })
  await inspector.getByRole('button', { name: 'Run again with this fault' }).click()
  await expect(page).not.toHaveURL(first)
  await expect(runStatus(page, 'Compensated')).toBeVisible({ timeout: 20_000 })
  await expect(node(page, 'Book courier')).toHaveAccessibleName(/, failed/)
  await expect(node(page, 'Confirm order')).toHaveAccessibleName(/, pending/)
})

test('a running run is paused and resumed by a person, whose name and reason stand in its log', async ({
  page,
}) => {
  await openTemplate(page, 'Order fulfilment')
  const form = await openStart(page)
  await form.getByRole('combobox', { name: 'Step' }).click()
  await page.getByRole('option', { name: 'Place order' }).click()
  await form.getByRole('combobox', { name: 'How it breaks' }).click()
  await page.getByRole('option', { name: /^Slow/ }).click()
  await form.getByRole('textbox', { name: 'Slower by' }).fill('8000')
  await form.getByRole('button', { name: 'Add fault' }).click()
  await startRun(page, form)
  await page.getByRole('button', { name: 'Operate this run' }).click()
  await page.getByRole('menuitem', { name: 'Pause…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Pause the run' })
  await dialog.getByRole('textbox', { name: 'Why' }).fill('a look at the courier')
  await dialog.getByRole('textbox', { name: 'Who' }).fill('Ada')
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(runStatus(page, 'Suspended')).toBeVisible()
  await page.getByRole('button', { name: 'Operate this run' }).click()
  await page.getByRole('menuitem', { name: 'Resume…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(runStatus(page, 'Completed')).toBeVisible({ timeout: 20_000 })
  const said = await eventTypes(page)
  expect(said.filter((line) => line.startsWith('OperatorActed'))).toHaveLength(2)
  const id = /\/runs\/([a-z0-9]+)/.exec(page.url())?.[1] ?? ''
  const log = await (await page.request.get(`/api/runs/${id}/events`)).json()
  const acted = log.items.find(({ type }: { type: string }) => type === 'OperatorActed')
  expect(acted.data).toMatchObject({ action: 'pause', by: 'Ada', reason: 'a look at the courier' })
})
