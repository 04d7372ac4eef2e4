import { type Design, parseDesign } from '@/core/design/document'
import { asJson, type Json } from '@/core/json'
import type { StreamAppend } from '@/core/log/event'
import { templates } from '@/examples'
import { openSqliteStore } from '@/server/store/sqlite/open'

export interface LongLog {
  readonly designId: string
  readonly design: Design
  readonly events: number
}

/** The life of an order: four events. */
const LIFE: readonly { readonly type: string; readonly data: Json }[] = [
  {
    type: 'OrderCreated',
    data: { customer: 'ada', items: [{ productId: 'keyboard', quantity: 2, price: 45 }], total: 90 },
  },
  { type: 'OrderConfirmed', data: {} },
  { type: 'OrderShipped', data: { trackingNumber: 'track-1' } },
  { type: 'OrderDelivered', data: {} },
]
/** Orders that live side by side: their events are interleaved, as in a log that many write to. */
const TOGETHER = 250

/** A database with the order-fulfilment design and a log of that many events, which no projection has seen yet. */
export async function fillLog(path: string, events: number): Promise<LongLog> {
  const template = templates.find(({ id }) => id === 'order-fulfilment')
  const parsed = parseDesign(template?.document)
  if (!parsed.ok) throw new Error('the template is no design')
  const design = parsed.value
  const designId = 'bench'
  const store = await openSqliteStore({ path })
  await store.designs.create({ id: designId, name: 'Bench', document: asJson(design), at: Date.now() })
  for (let written = 0; written < events; ) {
    const round = Math.floor(written / TOGETHER)
    const life = LIFE[round % LIFE.length]
    if (life === undefined) break
    const first = Math.floor(round / LIFE.length) * TOGETHER
    const many = Math.min(TOGETHER, events - written)
    await store.events.append(
      Array.from({ length: many }, (_one, at): StreamAppend => {
        const messageId = `m${written + at}`
        return {
          designId,
          streamId: `Order-o${first + at}`,
          expectedVersion: 'any',
          events: [
            { ...life, metadata: { messageId, correlationId: 'c', causationId: 'c', schemaVersion: 1 } },
          ],
        }
      }),
    )
    written += many
  }
  await store.close()
  return { designId, design, events }
}
