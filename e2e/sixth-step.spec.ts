import { expect, test } from '@playwright/test'
import { eventTypes, node, openStart, openTemplate, runStatus, startRun } from './support/run-page'

test('a sixth step dragged in with a compensation runs, and is compensated when a later one breaks', async ({
  page,
}) => {
  await openTemplate(page, 'Order fulfilment')
  const palette = page.getByRole('list', { name: 'Palette' })
  await test.step('onto the edge between the courier and the confirmation', async () => {
    const edge = page.getByRole('button', { name: 'Insert on Book courier to Confirm order' })
    await palette.getByRole('button', { name: /^Step/ }).dragTo(edge, { force: true })
    await expect(node(page, 'New step')).toHaveAccessibleName(/step 5 of 6/)
  })
  await test.step('and a compensation onto it', async () => {
    await palette.getByRole('button', { name: /^Compensation/ }).dragTo(node(page, 'New step'))
    await expect(node(page, 'New step')).toHaveAccessibleName(/compensation: /)
  })

  const form = await openStart(page)
  await startRun(page, form)
  await expect(node(page, 'New step')).toHaveAccessibleName(/, succeeded/)
  await expect(runStatus(page, 'Completed')).toBeVisible({ timeout: 20_000 })

  await node(page, 'Confirm order').click()
  await page.getByRole('button', { name: 'Run again with this fault' }).click()
  await expect(runStatus(page, 'Compensated')).toBeVisible({ timeout: 20_000 })
  const said = await eventTypes(page)
  const undone = said
    .filter((line) => line.startsWith('CompensationCompleted'))
    .map((line) => line.split(' · ')[1])
  expect(undone[0]).toBe('New step')
  expect(undone).toHaveLength(5)
})
