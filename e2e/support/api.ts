import { expect, type Page } from '@playwright/test'

interface StartNode {
  readonly type: string
  readonly inputExample?: unknown
}

/** Makes a design from a template, through the interface programs use. */
export async function makeDesign(page: Page, template: string): Promise<string> {
  const answer = await page.request.post('/api/designs', { data: { template } })
  expect(answer.status()).toBe(201)
  return (await answer.json()).id
}

/** Starts a run with the example input. @returns its id */
export async function makeRun(page: Page, design: string, body: Record<string, unknown>): Promise<string> {
  const { document } = await (await page.request.get(`/api/designs/${design}`)).json()
  const saga = document.sagas.find(({ id }: { id: string }) => id === body.saga) ?? document.sagas[0]
  const start: StartNode = saga.nodes.find(({ type }: StartNode) => type === 'start')
  const answer = await page.request.post(`/api/designs/${design}/runs`, {
    data: { saga: saga.id, input: start.inputExample, ...body },
  })
  expect(answer.status()).toBe(201)
  return (await answer.json()).id
}

export const act = async (page: Page, run: string, action: Record<string, unknown>): Promise<void> =>
  expect((await page.request.post(`/api/runs/${run}/actions`, { data: action })).status()).toBe(200)

/** Waits until the run has come to a status. */
export const reaches = (page: Page, run: string, status: string): Promise<void> =>
  expect
    .poll(async () => (await (await page.request.get(`/api/runs/${run}`)).json()).status, { timeout: 20_000 })
    .toBe(status)
