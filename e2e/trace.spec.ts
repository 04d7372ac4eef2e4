import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { makeDesign, makeRun, reaches } from './support/api'
import { complaints } from './support/run-page'

test('a run as a trace: its spans, what each led to and undoes, and the one cursor; scraped beside it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const found = complaints(page)
  const design = await makeDesign(page, 'order-fulfilment')
  const faults = [{ node: 'confirm-order', effect: { type: 'error', code: 'WarehouseOnFire' } }]
  const run = await makeRun(page, design, { mode: 'virtual', faults })
  await reaches(page, run, 'compensated')
  await page.goto(`/w/${design}/runs/${run}`)
  await page.getByRole('tab', { name: 'Trace' }).click()
  const tree = page.getByRole('tree', { name: 'Spans of the trace' })
  const detail = page.getByRole('region', { name: 'The span' })
  const failed = tree.getByRole('treeitem', { name: /, failed, begins \+/ })
  const undoing = tree.getByRole('treeitem', { name: /, compensated, begins \+/, selected: false })
  await expect(failed).toHaveCount(1)
  await expect(undoing).not.toHaveCount(0)

  await test.step('the trace id is copied', async () => {
    await page.getByRole('button', { name: 'Copy trace id' }).click()
    await expect(page.getByRole('button', { name: 'Trace id copied' })).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f]{32}$/)
  })

  await test.step('a span takes the cursor to its event; what comes later has not begun', async () => {
    await failed.click()
    await expect(page.getByText(/^Viewing event \d+ of \d+$/)).toBeVisible()
    await expect(page).toHaveURL(/\?seq=\d+/)
    await expect(detail).toContainText('going on')
    await expect(tree.getByRole('treeitem', { name: /, not yet begun$/ })).not.toHaveCount(0)
  })

  await test.step('by the keyboard, and over a link to what is undone', async () => {
    await tree.focus()
    await page.keyboard.press('End')
    await expect(detail).toContainText('Undoes')
    await detail.getByRole('button', { name: /, attempt 1$/ }).click()
    await expect(detail).not.toContainText('Undoes')
    await page.keyboard.press('Escape')
    await tree.focus()
    await page.keyboard.press('Home')
    await expect(page.getByText(/^Viewing event 1 of \d+$/)).toBeVisible()
    await page.getByRole('button', { name: 'Return to live' }).click()
    await expect(failed).toHaveCount(1)
  })

  await expectAccessible(page)

  const scraped = await page.request.get('/metrics')
  expect(await scraped.text()).toMatch(/^workbench_runs_ended_total\{status="compensated"\} [1-9]/m)
  expect(found).toEqual([])
})
