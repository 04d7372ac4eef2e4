import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { makeDesign, makeRun, reaches } from './support/api'
import { complaints, node, runStatus } from './support/run-page'

const broken = [{ node: 'confirm-order', effect: { type: 'error', code: 'WarehouseOnFire' } }]

test('a failure is injected, the rollback watched, a fork mended, and the two compared', async ({ page }) => {
  const found = complaints(page)
  const design = await makeDesign(page, 'order-fulfilment')
  const run = await makeRun(page, design, { faults: broken })
  await page.goto(`/w/${design}/runs/${run}`)
  await expect(runStatus(page, 'Compensated')).toBeVisible({ timeout: 20_000 })

  await test.step('from a moment in the past', async () => {
    await page.getByRole('button', { name: 'First event' }).click()
    for (let step = 0; step < 4; step++) await page.keyboard.press('F10')
    await page.getByRole('button', { name: 'Fork from here' }).click()
    const dialog = page.getByRole('dialog', { name: /^Fork at event/ })
    await dialog.getByRole('button', { name: 'Mended' }).click()
    await dialog.getByRole('button', { name: 'Fork', exact: true }).click()
  })
  await expect(page).not.toHaveURL(new RegExp(run))
  await expect(runStatus(page, 'Completed')).toBeVisible({ timeout: 20_000 })
  await expect(node(page, 'Confirm order')).toHaveAccessibleName(/, succeeded/)

  await test.step('they stand side by side, and part where the fork goes its own way', async () => {
    await page.getByRole('link', { name: 'compare' }).click()
    await expect(page.getByText(/^They part at event \d+\.$/)).toBeVisible()
    await expect(page.getByRole('region', { name: 'First run' })).toContainText('Compensated')
    await expect(page.getByRole('region', { name: 'Second run' })).toContainText('Completed')
    await expect(page.getByRole('region', { name: 'Events compared' })).toContainText(
      'Confirm order succeeded',
    )
  })
  expect(found).toEqual([])
})

test('a run that failed is retried with the newest design; one that went another way is not', async ({
  page,
}) => {
  const design = await makeDesign(page, 'order-fulfilment')
  const run = await makeRun(page, design, { mode: 'virtual', faults: broken })
  await reaches(page, run, 'compensated')
  const { version, document } = await (await page.request.get(`/api/designs/${design}`)).json()
  const [saga] = document.sagas
  const confirm = saga.nodes.find(({ id }: { id: string }) => id === 'confirm-order')
  confirm.timeoutMs = 30_000
  const save = (of: unknown, at: number) =>
    page.request.put(`/api/designs/${design}`, {
      data: { document: of },
      headers: { 'if-match': String(at) },
    })
  expect((await save(document, version)).status()).toBe(200)

  await page.goto(`/w/${design}/runs/${run}`)
  const retry = async () => {
    await page.getByRole('button', { name: 'Operate this run' }).click()
    await page.getByRole('menuitem', { name: 'Retry with the newest design…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Retry from before it failed' })
    await dialog.getByRole('button', { name: 'Fork', exact: true }).click()
    return dialog
  }
  await retry()
  await expect(page).not.toHaveURL(new RegExp(run))
  await expect(runStatus(page, 'Completed')).toBeVisible()

  saga.edges = saga.edges.filter(({ to }: { to: string }) => to !== 'reserve-stock')
  saga.nodes = saga.nodes.filter(({ id }: { id: string }) => id !== 'reserve-stock')
  saga.edges = saga.edges.filter(({ from }: { from: string }) => from !== 'reserve-stock')
  expect((await save(document, version + 1)).status()).toBe(200)
  await page.goto(`/w/${design}/runs/${run}`)
  const dialog = await retry()
  await expect(dialog.getByRole('alert')).toContainText('would have gone another way')
})

test('two runs compared are accessible, light and dark', async ({ page }) => {
  const design = await makeDesign(page, 'order-fulfilment')
  const first = await makeRun(page, design, { mode: 'virtual', faults: broken })
  const second = await makeRun(page, design, { mode: 'virtual' })
  await reaches(page, first, 'compensated')
  await reaches(page, second, 'completed')
  await page.goto(`/w/${design}/runs/${second}/compare?with=${first}`)
  await expect(page.getByText(/^They part at event/)).toBeVisible()
  // Only the list scrolls: the page's own bars stay in sight.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  await expectAccessible(page)
})
