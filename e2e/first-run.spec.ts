import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import {
  complaints,
  eventTypes,
  node,
  openStart,
  openTemplate,
  runStatus,
  startRun,
} from './support/run-page'

const STEPS = ['Place order', 'Charge payment', 'Reserve stock', 'Book courier', 'Confirm order']

test('a template runs to completion: five steps light up, and every one of them succeeded', async ({
  page,
}) => {
  const found = complaints(page)
  await openTemplate(page, 'Order fulfilment')
  const form = await openStart(page)
  await startRun(page, form)
  for (const step of STEPS) await expect(node(page, step)).toHaveAccessibleName(/, succeeded/)
  await expect(runStatus(page, 'Completed')).toBeVisible()

  const said = await eventTypes(page)
  expect(said[0]).toContain('SagaStarted')
  expect(said.at(-1)).toContain('SagaCompleted')
  expect(said.filter((line) => line.startsWith('StepCompleted'))).toHaveLength(5)
  expect(found).toEqual([])
})

test('the list of runs follows a run that somebody else started', async ({ page, request }) => {
  await openTemplate(page, 'Order fulfilment')
  await openStart(page)
  const designId = /\/w\/([^/]+)\//.exec(page.url())?.[1] ?? ''
  await expect(page.getByText('No runs yet')).toBeVisible()
  const design = await (await request.get(`/api/designs/${designId}`)).json()
  const saga = design.document.sagas[0]
  const start = saga.nodes.find((candidate: { type: string }) => candidate.type === 'start')
  const started = await request.post(`/api/designs/${designId}/runs`, {
    data: { saga: saga.id, input: start.inputExample, mode: 'virtual' },
  })
  expect(started.status()).toBe(201)
  await expect(page.getByRole('list', { name: 'Runs' }).getByText('Completed', { exact: true })).toBeVisible()
})

test('run mode and a run are accessible, light and dark', async ({ page }) => {
  await openTemplate(page, 'Order fulfilment')
  const form = await openStart(page)
  await expectAccessible(page)
  await startRun(page, form)
  await expect(runStatus(page, 'Completed')).toBeVisible()
  await node(page, 'Charge payment').click()
  await expect(page.getByRole('region', { name: 'Node Charge payment' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: /^Events/ }).click()
  await page.getByRole('button', { name: 'First event' }).click()
  await expect(page.getByText(/^Viewing event 1 of/)).toBeVisible()
  await expectAccessible(page)
})
