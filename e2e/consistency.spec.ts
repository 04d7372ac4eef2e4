import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { complaints } from './support/run-page'

test('a stale read is seen to happen and to catch up; read-your-writes waits; and what is recorded holds', async ({
  page,
}) => {
  const found = complaints(page)
  const { id } = await (
    await page.request.post('/api/designs', { data: { template: 'order-fulfilment' } })
  ).json()
  await page.goto(`/w/${id}/data/consistency`)
  const lag = page.getByRole('status', { name: 'Lag' })
  const steps = page.getByRole('list', { name: 'What happened' })
  const write = page.getByRole('button', { name: 'Write, then read' })
  await expect(lag).toHaveText('Caught up')

  const delay = page.getByRole('slider', { name: 'Delivery delay' })
  await delay.focus()
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowRight')
  await expect
    .poll(
      async () => (await (await page.request.get(`/api/designs/${id}/projections`)).json()).items[0].delayMs,
    )
    .toBe(1500)

  await write.click()
  await expect(steps).toContainText('A stale read')
  await expect(steps).toContainText('There is no row for it yet')
  await expect(lag).toHaveText('2 events behind')
  await expect(page.getByRole('list', { name: 'The last events' })).toContainText('written, not read yet')
  await expect(steps).toContainText('Caught up')
  await expect(lag).toHaveText('Caught up')

  await page.getByRole('switch', { name: 'Read your writes' }).click()
  await write.click()
  await expect(steps).toContainText('You read your own write')
  await expect(steps).not.toContainText('stale')

  await page.getByRole('button', { name: 'Check now' }).click()
  for (const check of ['command_consistency', 'query_eventual_consistency', 'event_sourcing_correctness'])
    await expect(page.getByRole('listitem', { name: check })).toContainText('Holds')
  await expect(page.getByRole('listitem', { name: 'command_consistency' })).toContainText('2 commands')
  await expectAccessible(page)
  expect(found).toEqual([])
})
