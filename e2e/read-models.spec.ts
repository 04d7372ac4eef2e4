import { expect, test } from '@playwright/test'
import { expectSaved } from './support/editor-page'
import { complaints } from './support/run-page'

const orders = [
  { key: 'order-1', customer: 'ada', price: 45 },
  { key: 'order-2', customer: 'grace', price: 5 },
  { key: 'order-3', customer: 'ada', price: 120 },
]

test('rows are sorted and filtered while they change, a query is defined in the editor and answered in the page', async ({
  page,
}) => {
  const found = complaints(page)
  const { id } = await (
    await page.request.post('/api/designs', { data: { template: 'order-fulfilment' } })
  ).json()
  const create = (key: string, customer: string, price: number) =>
    page.request.post(`/api/designs/${id}/aggregates/Order/${key}/commands`, {
      data: { type: 'CreateOrder', payload: { customer, items: [{ productId: 'pen', quantity: 1, price }] } },
    })
  for (const { key, customer, price } of orders) await create(key, customer, price)

  await page.goto(`/w/${id}/data/read-models/orders`)
  const rows = page.getByRole('table', { name: 'Rows' })
  await page.getByRole('button', { name: 'total' }).click()
  await expect(rows.getByRole('rowheader')).toHaveText(['order-2', 'order-1', 'order-3'])
  await page.getByRole('combobox', { name: 'Filter by' }).click()
  await page.getByRole('option', { name: 'total' }).click()
  await page.getByRole('combobox', { name: 'How' }).click()
  await page.getByRole('option', { name: 'is more than' }).click()
  await page.getByLabel('total is').fill('40')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('total gt 40')
  await expect(rows.getByRole('rowheader')).toHaveText(['order-1', 'order-3'])
  await create('order-4', 'alan', 60)
  await create('order-5', 'alan', 1)
  await expect(rows.getByRole('rowheader')).toHaveText(['order-1', 'order-4', 'order-3'])
  await page.getByRole('button', { name: 'Remove the filter total gt 40' }).click()
  await expect(rows.getByRole('rowheader')).toHaveCount(5)

  const queries = page.getByRole('region', { name: 'Queries' })
  await queries.getByRole('button', { name: 'Ask' }).click()
  await expect(queries).toContainText('165')
  await expect(queries).toContainText('From 5 rows')

  await page.goto(`/w/${id}/model?at=projection:orders`)
  await page.getByRole('textbox', { name: 'answer byCustomer', exact: true }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(
    '(rows) => ({ customers: [...new Set(rows.map(({ row }) => row.customer))] })',
  )
  const previewed = page.getByRole('list', { name: 'Previewed queries' })
  await page.getByRole('button', { name: 'Real rows' }).click()
  await expect(previewed).toContainText('grace')
  await expectSaved(page)
  const answer = await page.request.post(`/api/designs/${id}/projections/orders/queries/byCustomer`, {
    data: { params: { customer: 'ada' } },
  })
  expect((await answer.json()).result).toEqual({ customers: ['ada', 'grace', 'alan'] })
  expect(found).toEqual([])
})
