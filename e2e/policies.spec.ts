import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { makeDesign, makeRun, reaches } from './support/api'
import { expectSaved } from './support/editor-page'
import { complaints } from './support/run-page'

const policy = (page: Page, id: string) => page.getByRole('region', { name: `Policy ${id}` })
const graph = (page: Page) => page.getByRole('application', { name: 'Causes and effects' })
const event = (page: Page, name: RegExp) => graph(page).getByRole('group', { name })

test('one run sets off points and a gift, and the graph shows how, from either end', async ({ page }) => {
  const found = complaints(page)
  const design = await makeDesign(page, 'loyalty-points')
  const run = await makeRun(page, design, { saga: 'buy', mode: 'virtual', seed: 'points' })
  await reaches(page, run, 'completed')
  await page.goto(`/w/${design}/data`)
  await expect(policy(page, 'points-for-orders')).toContainText('sent AddPoints to Loyalty ada')
  const gift = policy(page, 'gift-at-gold')
  await expect(gift).toContainText('started send-gift')
  await expect(gift).toContainText('up to date')

  await gift.getByRole('link', { name: /^Causes and effects of event/ }).click()
  await expect(page.getByRole('heading', { name: /^Causes and effects of event/ })).toBeVisible()
  const self = event(page, /^BecameGold of Loyalty-ada, version 2, .*the event looked at/)
  await expect(self).toBeVisible()
  // The whole story: from the run that was started by hand to the gift that was noted at its end.
  const list = page.getByRole('list', { name: 'Events in order' })
  await page.getByRole('tab', { name: /^As a list/ }).click()
  await expect(list.getByRole('button', { name: /GiftNoted/ })).toBeVisible()
  await expect(list.getByRole('button').first()).toContainText(`run-${run}`)
  await expect(list.getByRole('button', { name: /SagaStarted.*by policy gift-at-gold/ })).toBeVisible()

  await self.focus()
  await page.keyboard.press('ArrowRight')
  await expect(event(page, /^SagaStarted.*an effect, by policy gift-at-gold/)).toBeFocused()
  await page.getByRole('tab', { name: 'Event', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Policy gift-at-gold led here' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Open the run at event 1/ })).toBeVisible()
  await expectAccessible(page)
  await event(page, /^SagaStarted.*an effect, by policy gift-at-gold/).focus()
  await page.keyboard.press('Enter')
  await expect(event(page, /^SagaStarted.*the event looked at/)).toBeVisible()
  await page.getByRole('link', { name: /^Open the run/ }).click()
  await page.getByRole('tab', { name: /^Events/ }).click()
  await page.getByRole('link', { name: 'Causes and effects' }).click()
  await expect(event(page, /^SagaStarted.*the event looked at/)).toBeVisible()
  expect(found).toEqual([])
})

test('a policy is added and tried as it is typed; one that throws stops, is mended and goes on', async ({
  page,
}) => {
  const design = await makeDesign(page, 'loyalty-points')
  await page.goto(`/w/${design}/model`)
  const write = async (field: string, text: string) => {
    await page.getByRole('textbox', { name: field, exact: true }).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(text)
  }
  await page.getByRole('button', { name: 'Add policy' }).click()
  await expect(page.getByRole('heading', { name: 'whenever' })).toBeVisible()
  const reactions = page.getByRole('list', { name: 'Reactions' })
  await expect(reactions).toContainText('Starts buy')
  await page.getByRole('button', { name: 'Send a command' }).click()
  await page.getByRole('combobox', { name: 'On' }).fill('GiftNoted')
  await page.getByRole('option', { name: /^GiftNoted/ }).click()
  await page.getByRole('button', { name: 'Add when' }).click()
  await write('when', '(event) => {\n  return event.data.nothing.gift\n}')
  await expect(reactions).toContainText('policy.whenever.when, line 2')
  await expectSaved(page)

  await reaches(
    page,
    await makeRun(page, design, { saga: 'buy', mode: 'virtual', seed: 'points' }),
    'completed',
  )
  await page.getByRole('link', { name: 'Data' }).click()
  const card = policy(page, 'whenever')
  await expect(card).toContainText('It stopped at event')
  await expect(card).toContainText('policy.whenever.when, line 2')
  await expectAccessible(page)
  await card.getByRole('link', { name: 'Mend it' }).click()
  await write('when', '(event) => false')
  await expect(reactions).toContainText('its “when” says no')
  await expectSaved(page)
  await page.getByRole('link', { name: 'Data' }).click()
  await card.getByRole('button', { name: 'Try again' }).click()
  await expect(card).toContainText('ignored: its “when” said no')
  await expect(card).toContainText('Following')
})
