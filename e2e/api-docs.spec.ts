import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'
import { complaints } from './support/run-page'

test('the API reference is quiet and accessible, light and dark', async ({ page }) => {
  const found = complaints(page)
  await page.goto('/docs/api')
  await expect(page.getByRole('heading', { name: 'POST /api/designs/{id}/runs' })).toBeVisible()
  const start = page.getByRole('article', { name: 'POST /api/designs/{id}/runs' })
  await start.getByRole('button', { name: 'faults' }).click()
  await expect(start.getByText('probability')).toBeVisible()
  await expectAccessible(page)
  expect(found).toEqual([])
})

test('every call of the interface is there, and no other', async ({ page, request }) => {
  const document = (await (await request.get('/api/openapi.json')).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  }
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(calls.length).toBeGreaterThan(20)
  await page.goto('/docs/api')
  const titles = page.getByRole('article').getByRole('heading', { level: 3 })
  await expect(titles).toHaveCount(calls.length)
  expect((await titles.allTextContents()).sort()).toEqual([...calls].sort())
})

test('a call is found and reached by keyboard alone, and its address leads back to it', async ({ page }) => {
  await page.goto('/docs/api')
  const titles = page.getByRole('article').getByRole('heading', { level: 3 })
  await expect(titles.first()).toBeVisible()
  // The text is there before the script that hears keys.
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox', { name: 'Search calls' })).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.type('what-if')
  await expect(titles).toHaveCount(1)
  await expect(page.getByRole('status').filter({ hasText: '1 call' })).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#post-designs-id-aggregates-name-key-what-if$/)
  await page.reload()
  await expect(
    page.getByRole('heading', { name: 'POST /api/designs/{id}/aggregates/{name}/{key}/what-if' }),
  ).toBeInViewport()
})
