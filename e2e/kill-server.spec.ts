import { expect, test } from '@playwright/test'
import { type OwnServer, ownServer } from './support/own-server'
import { eventTypes, node, openStart, openTemplate, runStatus, startRun } from './support/run-page'

let server: OwnServer

test.beforeAll(async () => {
  server = await ownServer()
  await server.start()
})
test.afterAll(() => server.kill())

test('killed in the middle of a run, the server finishes it when it comes back, and the open page catches up', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await openTemplate(page, 'Order fulfilment')
  const form = await openStart(page)
  await test.step('the courier takes three seconds, so that there is a middle', async () => {
    await form.getByRole('combobox', { name: 'Step' }).click()
    await page.getByRole('option', { name: 'Book courier' }).click()
    await form.getByRole('combobox', { name: 'How it breaks' }).click()
    await page.getByRole('option', { name: /^Slow/ }).click()
    await form.getByRole('textbox', { name: 'Slower by' }).fill('2000')
    await form.getByRole('button', { name: 'Add fault' }).click()
  })
  await startRun(page, form)
  await expect(node(page, 'Book courier')).toHaveAccessibleName(/, running/)

  await server.kill()
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Reconnecting…')
  await expect(runStatus(page, 'Running')).toBeVisible()

  await server.start()
  await expect(runStatus(page, 'Completed')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('status', { name: 'Connection' })).toBeEmpty()
  await expect(node(page, 'Confirm order')).toHaveAccessibleName(/, succeeded/)

  await test.step('nothing is missing and nothing is there twice', async () => {
    const shown = await eventTypes(page)
    const id = /\/runs\/([a-z0-9]+)/.exec(page.url())?.[1] ?? ''
    const log = await (await page.request.get(`/api/runs/${id}/events?limit=500`)).json()
    const logged = log.items.map(({ type }: { type: string }) => type)
    expect(shown.map((line) => line.split(' · ')[0])).toEqual(logged)
    expect(logged.filter((type: string) => type === 'SagaCompleted')).toHaveLength(1)
  })
  await context.close()
})
