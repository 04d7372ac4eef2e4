import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { act, makeDesign, makeRun, reaches } from './support/api'
import { complaints } from './support/run-page'

test('a run that waits for a decision is listed as needing a person until somebody decides', async ({
  page,
}) => {
  const found = complaints(page)
  const design = await makeDesign(page, 'loan-application')
  const run = await makeRun(page, design, { mode: 'live' })
  const other = await makeRun(page, design, { mode: 'manual' })
  await page.goto(`/w/${design}/runs`)
  const runs = page.getByRole('list', { name: 'Runs', exact: true })
  const filter = page.getByRole('button', { name: /runs? needs? a person/ })
  await expect(filter).toContainText('2 runs need a person')
  await expect(runs).toContainText('To decide:')
  await expect(runs).toContainText('Held before')
  await act(page, other, { action: 'cancel' })
  await reaches(page, other, 'compensated')
  await expect(filter).toContainText('1 run needs a person')
  await filter.click()
  await expect(runs.getByRole('listitem')).toHaveCount(1)
  await expectAccessible(page)

  await page.goto('/')
  const needy = page.getByRole('list', { name: 'Runs that need a person' })
  await expect(needy.getByRole('link').first()).toContainText('To decide:')
  await needy.getByRole('link').first().click()
  await expect(page).toHaveURL(new RegExp(run))
  expect(found).toEqual([])
})

test('runs are replayed against the design as it stands, and those that would diverge are listed', async ({
  page,
}) => {
  const design = await makeDesign(page, 'order-fulfilment')
  const run = await makeRun(page, design, { mode: 'virtual' })
  await reaches(page, run, 'completed')
  const replay = async () => {
    await page.getByRole('button', { name: 'Design menu' }).click()
    await page.getByRole('menuitem', { name: /Replay runs/ }).click()
    return page.getByRole('dialog', { name: 'Replay runs against this design' })
  }
  await page.goto(`/w/${design}`)
  await expect(await replay()).toContainText('1 run was replayed. Each would have gone the same way.')
  await page.keyboard.press('Escape')

  const saved = await (await page.request.get(`/api/designs/${design}`)).json()
  const [saga] = saved.document.sagas
  saga.edges = saga.edges.filter(({ to }: { readonly to: string }) => to !== 'reserve-stock')
  const put = await page.request.put(`/api/designs/${design}`, {
    data: { document: saved.document },
    headers: { 'if-match': String(saved.version) },
  })
  expect(put.status()).toBe(200)
  await page.goto(`/w/${design}`)
  const dialog = await replay()
  await expect(dialog).toContainText('One would have gone another way')
  await expectAccessible(page)
  await dialog.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`${run}\\?seq=`))
})
