/** What the demo service offers: each does something for an order, undoes it, and refuses it for a reason of its own. */
export const OFFERS = {
  payments: {
    does: ({ amount }, order) => ({ payment_id: `pay-${order}`, amount: amount ?? 0 }),
    refuses: ({ amount }) =>
      Number(amount) > 1000
        ? { status: 402, code: 'INSUFFICIENT_FUNDS', detail: `no ${amount} on this account` }
        : null,
  },
  inventory: {
    does: ({ product, quantity }, order) => ({
      reservation_id: `res-${order}`,
      product: product ?? null,
      quantity: quantity ?? 1,
    }),
    refuses: ({ quantity }) =>
      Number(quantity) > 10
        ? { status: 409, code: 'OUT_OF_STOCK', detail: `there are no ${quantity} left` }
        : null,
  },
  shipments: {
    does: ({ address }, order) => ({ shipment_id: `ship-${order}`, address: address ?? null }),
    refuses: ({ address }) =>
      /nowhere/i.test(String(address))
        ? { status: 422, code: 'UNKNOWN_ADDRESS', detail: 'no such street' }
        : null,
  },
}

/** Keys kept; the oldest go first. It is a demo: it runs until its terminal is closed. */
const MOST_KEYS = 10_000

/**
 * What was asked of the services and what they did, in memory. The rules of a good participant, each of which a switch
 * breaks: the same key gets the first answer; undoing nothing is fine; what was undone is not done any more.
 */
export function createLedger() {
  /** By key: the answer given, how often it was asked for, and how often the work was done. */
  const keys = new Map()
  /** By `service/order`: whether it was done, and undone. */
  const orders = new Map()

  const refusal = (status, code, detail) => ({ status, body: { code, detail } })

  function work(service, id, half, input, switches) {
    const place = `${service}/${id}`
    const order = orders.get(place) ?? { done: 0, undone: 0 }
    orders.set(place, order)
    if (half === 'undo') {
      const something = order.done > order.undone
      if (!something && switches.refuseEmptyUndo)
        return refusal(404, 'NOTHING_TO_UNDO', 'there is nothing to undo')
      // Remembered even when there was nothing: what comes after it comes too late.
      order.undoing = true
      if (something) order.undone += 1
      return { status: 200, body: { undone: something }, did: something }
    }
    if (order.undoing && !switches.acceptLate)
      return refusal(409, 'ALREADY_UNDONE', 'this was undone before it was asked for')
    const refused = OFFERS[service].refuses(input)
    if (refused) return refusal(refused.status, refused.code, refused.detail)
    order.done += 1
    return { status: 201, body: OFFERS[service].does(input, id), did: true }
  }

  return {
    /** @returns the answer, `replayed` when it is the one given to this key before */
    ask(service, half, id, key, input, switches) {
      const known = key === undefined ? undefined : keys.get(key)
      if (known) known.asked += 1
      if (known && !switches.ignoreKeys) return { ...known.answer, replayed: true }
      const { did = false, ...answer } = work(service, id, half, input, switches)
      const entry = known ?? { service, half, order: id, asked: 1, did: 0 }
      entry.answer = answer
      if (did) entry.did += 1
      if (key !== undefined) keys.set(key, entry)
      if (keys.size > MOST_KEYS) keys.delete(keys.keys().next().value)
      return { ...answer, replayed: false }
    },
    /** What was done per key and per order; `standing` is what is done and not undone. */
    read: () => ({
      keys: [...keys].map(([key, { answer, ...entry }]) => ({ key, ...entry, status: answer.status })),
      orders: [...orders].map(([place, { done, undone }]) => ({
        place,
        done,
        undone,
        standing: done - undone,
      })),
    }),
    clear() {
      keys.clear()
      orders.clear()
    },
  }
}
