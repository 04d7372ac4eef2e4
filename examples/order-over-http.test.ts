import { expect, it } from 'vitest'
import { lintDesign, parseDesign } from '@/core/design'
import { checkAgainstSchema } from '@/core/json-schema'
import orderOverHttp from './order-over-http.json'

it('the order over HTTP can be imported, has nothing for lint to tell, and examples that fit', () => {
  const parsed = parseDesign(orderOverHttp)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  expect(lintDesign(parsed.value)).toEqual([])
  for (const { inputSchema = {}, inputExample = {}, http } of parsed.value.services.flatMap(
    ({ operations }) => operations,
  )) {
    expect(checkAgainstSchema(inputSchema, inputExample)).toMatchObject({ ok: true })
    expect(http?.url).toMatchObject({ template: expect.stringMatching(/^http:\/\/127\.0\.0\.1:4100\//) })
  }
})
