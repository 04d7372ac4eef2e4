import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { act, makeDesign, makeRun, reaches } from './support/api'
import { card, expectSaved, openEditor, palette } from './support/editor-page'
import { complaints, node, runStatus } from './support/run-page'

test('a loan waits for a person, for a signature and for two weeks, and is paid out by a saga within', async ({
  page,
}) => {
  const found = complaints(page)
  const design = await makeDesign(page, 'loan-application')
  const run = await makeRun(page, design, {})
  await page.goto(`/w/${design}/runs/${run}`)

  await test.step('a person decides', async () => {
    await expect(node(page, 'Approve the loan')).toHaveAccessibleName(/, waiting/)
    await node(page, 'Approve the loan').click()
    await page.getByRole('textbox', { name: 'Comment' }).fill('a good customer')
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect(node(page, 'Approve the loan')).toHaveAccessibleName(/, succeeded/)
  })

  await test.step('a signal comes, with data that fit its schema', async () => {
    await expect(node(page, 'Contract signed')).toHaveAccessibleName(/, waiting/)
    await node(page, 'Contract signed').click()
    await page.getByRole('textbox', { name: /signed by/i }).fill('ada')
    await page.getByRole('button', { name: 'Send Signed' }).click()
    await expect(node(page, 'Cooling off')).toHaveAccessibleName(/, waiting/)
  })

  await test.step('time is let go, and two weeks take a moment', async () => {
    await page.getByRole('combobox', { name: 'How it goes' }).click()
    await page.getByRole('option', { name: 'Virtual' }).click()
    await expect(runStatus(page, 'Completed')).toBeVisible()
    await expect(page.getByRole('region', { name: 'This run' })).toContainText('14 d')
  })

  await test.step('one goes into the saga within, and back', async () => {
    await node(page, 'Pay out').click()
    await page.getByRole('button', { name: 'Go into this saga' }).click()
    await expect(node(page, 'Send the money')).toHaveAccessibleName(/, succeeded/)
    await expect(node(page, 'Open the file')).toBeHidden()
    const where = page.getByRole('navigation', { name: 'Where in the run' })
    await where.getByRole('button', { name: 'Apply for a loan' }).click()
    await expect(node(page, 'Open the file')).toBeVisible()
  })
  expect(found).toEqual([])
})

test('a rejected loan is undone, and says what was said', async ({ page }) => {
  const design = await makeDesign(page, 'loan-application')
  const run = await makeRun(page, design, {})
  await page.goto(`/w/${design}/runs/${run}`)
  await expect(node(page, 'Approve the loan')).toHaveAccessibleName(/, waiting/)
  await node(page, 'Approve the loan').click()
  await page.getByRole('textbox', { name: 'Comment' }).fill('too much')
  await page.getByRole('button', { name: 'Reject', exact: true }).click()
  await expect(runStatus(page, 'Compensated')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('region', { name: 'This run' })).toContainText('Rejected')
})

test('a map labels parcel by parcel, a loop asks until it is done, and what fails is undone latest first', async ({
  page,
}) => {
  const design = await makeDesign(page, 'batch-shipment')
  const good = await makeRun(page, design, { mode: 'virtual' })
  await reaches(page, good, 'completed')
  await page.goto(`/w/${design}/runs/${good}`)
  await expect(node(page, 'Label the parcels')).toHaveAccessibleName(/4 of 4/)
  await expect(node(page, 'Wait for the carrier')).toHaveAccessibleName(/round 3/)
  await node(page, 'Label the parcels').click()
  await page.getByRole('list', { name: 'Rounds' }).getByRole('button', { name: /^#3/ }).click()
  const round = page.getByRole('region', { name: /^Node Label the parcels #3/ })
  await expect(round.getByRole('group', { name: 'Input', exact: true })).toContainText('Graz')

  const faults = [{ node: 'label-parcels/2', effect: { type: 'error', code: 'AddressUnknown' } }]
  const bad = await makeRun(page, design, { mode: 'virtual', faults })
  await reaches(page, bad, 'compensated')
  await page.goto(`/w/${design}/runs/${bad}`)
  await expect(node(page, 'Label the parcels')).toHaveAccessibleName(/failed.*AddressUnknown.*compensated/)
})

test('every kind of node is added from the palette, filled in, and runs', async ({ page }) => {
  const id = await openEditor(page, 'money-transfer')
  for (const kind of ['Approval', 'Signal', 'Map', 'Loop', 'Saga'])
    await test.step(kind, async () => {
      await palette(page, kind).click()
      await expect(card(page, `New ${kind.toLowerCase()}`)).toBeVisible()
    })
  await test.step('the saga it runs is made from its inspector, and opened', async () => {
    await card(page, 'New saga').click()
    await page.getByRole('button', { name: 'New', exact: true }).click()
    await page.getByRole('button', { name: 'Open this saga' }).click()
    await expect(card(page, 'New approval')).toBeHidden()
  })
  await expectSaved(page)
  const run = await makeRun(page, id, { mode: 'live' })
  await page.goto(`/w/${id}/runs/${run}`)
  await expect(node(page, 'New approval')).toHaveAccessibleName(/, waiting/, { timeout: 20_000 })
  await act(page, run, { action: 'decide', node: 'approval', approved: true })
  await act(page, run, { action: 'signal', signal: 'Arrived', data: {} })
  await reaches(page, run, 'completed')
})

test('what waits, unfolds and is looked into is accessible, light and dark', async ({ page }) => {
  const design = await makeDesign(page, 'loan-application')
  const run = await makeRun(page, design, {})
  await page.goto(`/w/${design}/runs/${run}`)
  await expect(node(page, 'Approve the loan')).toHaveAccessibleName(/, waiting/)
  await node(page, 'Approve the loan').click()
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible()
  await expectAccessible(page)
  const batch = await makeDesign(page, 'batch-shipment')
  await page.goto(`/w/${batch}`)
  await card(page, 'Label the parcels').click()
  await expect(page.getByText('At most at once')).toBeVisible()
  await expectAccessible(page)
})
