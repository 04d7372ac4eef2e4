import { expect, type Locator, type Page } from '@playwright/test'

/** Makes a design from a template through the interface programs use, and opens it. @returns its id */
export async function openEditor(page: Page, template = 'order-fulfilment'): Promise<string> {
  const answer = await page.request.post('/api/designs', { data: { template } })
  expect(answer.status()).toBe(201)
  const { id }: { id: string } = await answer.json()
  await page.goto(`/w/${id}`)
  await expect(canvas(page)).toBeVisible()
  return id
}

export const canvas = (page: Page): Locator => page.getByRole('application', { name: /^Canvas of / })

/** A node of the canvas, by the beginning of its spoken label. */
export const card = (page: Page, name: string): Locator =>
  canvas(page).getByRole('group', { name: new RegExp(`^${name}`) })

export const palette = (page: Page, item: string): Locator =>
  page.getByRole('list', { name: 'Palette' }).getByRole('button', { name: new RegExp(`^${item} `) })

export const edge = (page: Page, from: string, to: string): Locator =>
  canvas(page).getByRole('button', { name: `Insert on ${from} to ${to}`, includeHidden: true })

/** Saved: the server has what is on the screen. */
export const expectSaved = (page: Page): Promise<void> =>
  expect(page.locator('[data-save-state="saved"]')).toBeAttached()

interface Stored {
  readonly version: number
  readonly document: {
    readonly name: string
    readonly sagas: readonly {
      readonly nodes: readonly {
        readonly id: string
        readonly name?: string
        readonly compensation?: unknown
      }[]
      readonly edges: readonly { readonly from: string; readonly to: string }[]
    }[]
  }
}

/** The design as the server has it. */
export async function stored(page: Page, id: string): Promise<Stored> {
  const answer = await page.request.get(`/api/designs/${id}`)
  return answer.json()
}
