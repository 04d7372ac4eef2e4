import { expect, type Locator, type Page } from '@playwright/test'

/** Everything a page complains of: errors of the console, of scripts, of the policy. */
export function complaints(page: Page): readonly string[] {
  const found: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text())
  })
  page.on('pageerror', (error) => found.push(error.message))
  return found
}

/** Start page → template → its canvas. */
export async function openTemplate(page: Page, name: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: `Use template ${name}` }).click()
  await expect(page).toHaveURL(/\/w\/[^/]+$/)
}

/** Canvas → Run → the form of Run mode, filled with the example. */
export async function openStart(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page).toHaveURL(/\/runs\?start=/)
  const form = page.getByRole('form', { name: 'Start a run' })
  await expect(form).toBeVisible()
  return form
}

/** Presses the form's one primary button and waits for the run's page. */
export async function startRun(page: Page, form: Locator): Promise<void> {
  await form.getByRole('button', { name: /^Run/ }).click()
  await expect(page).toHaveURL(/\/runs\/[a-z0-9]+/)
}

/** A node of the run's graph, by what it is called; its spoken label tells how it stands. */
export const node = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: new RegExp(`^${name}, `) })

/** The run's own status, in its header. */
export const runStatus = (page: Page, status: string | RegExp): Locator =>
  page.getByRole('region', { name: 'This run' }).getByText(status, { exact: true })

/** What the event list says, from the first event on. It draws only what is in sight, so it is walked through. */
export async function eventTypes(page: Page): Promise<readonly string[]> {
  await page.getByRole('tab', { name: /^Events/ }).click()
  const list = page.getByRole('listbox', { name: 'Events' })
  await list.focus()
  const said = new Map<number, string>()
  for (const key of ['Home', ...Array<string>(200).fill('PageDown')]) {
    await page.keyboard.press(key)
    const rows = await list.getByRole('option').evaluateAll((options) =>
      options.map((option) => ({
        seq: Number(option.getAttribute('aria-posinset')),
        of: Number(option.getAttribute('aria-setsize')),
        says: option.querySelectorAll('span')[1]?.textContent ?? '',
      })),
    )
    for (const { seq, says } of rows) said.set(seq, says.trim())
    if (said.size > 0 && said.size === rows[0]?.of) break
  }
  // Going through the list has moved the cursor: back to the latest.
  await page.keyboard.press('End')
  return [...said].sort(([a], [b]) => a - b).map(([, says]) => says)
}
