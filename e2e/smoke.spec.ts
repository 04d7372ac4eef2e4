import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './support/accessible'

/** Everything a page complains of: errors of the console, of scripts, of the policy. */
function complaints(page: Page): string[] {
  const found: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text())
  })
  page.on('pageerror', (error) => found.push(error.message))
  return found
}

for (const theme of ['light', 'dark'] as const) {
  test(`the start page is quiet and accessible in ${theme}`, async ({ page, context, baseURL }) => {
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }])
    const found = complaints(page)
    await page.goto('/')
    await expect(page.getByRole('link', { name: 'Saga Workbench' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await expectAccessible(page)
    expect(found).toEqual([])
  })
}

test('the theme is chosen from the bar, at once and for the next visit', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Theme: Like the system' }).click()
  await page.getByRole('menuitem', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(page.getByRole('button', { name: 'Theme: Light' })).toBeVisible()
})

test('an address with nothing behind it says so and leads back', async ({ page }) => {
  const answer = await page.goto('/no/such/page')
  expect(answer?.status()).toBe(404)
  await page.getByRole('link', { name: 'Go to the start page' }).click()
  await expect(page).toHaveURL('/')
})

test('an unknown call is a problem document', async ({ request }) => {
  const answer = await request.get('/api/no-such-call')
  expect(answer.status()).toBe(404)
  expect(answer.headers()['content-type']).toContain('application/problem+json')
  expect(await answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND', status: 404 })
})

test('a page runs scripts of its own request only', async ({ request }) => {
  const [first, second] = await Promise.all([request.get('/'), request.get('/')])
  const nonces = [first, second].map((answer) => {
    const policy = answer.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("frame-ancestors 'none'")
    return /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
  })
  expect(nonces[0]).not.toBe(nonces[1])
  const scripts = [...(await first.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
  expect(scripts.length).toBeGreaterThan(3)
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonces[0]}"`))).toEqual([])
})
