import type { EventStore } from '../store/contract'

/**
 * How many events of a stream stand at or before a position. Both ascend together, so few reads find it, however
 * long the stream is.
 * @param head the stream's version now
 */
export async function versionAt(
  events: EventStore,
  designId: string,
  streamId: string,
  head: number,
  position: number,
): Promise<number> {
  const positionOf = async (version: number): Promise<number> => {
    const [event] = await events.read(designId, streamId, { from: version, to: version, limit: 1 })
    return event?.position ?? Number.MAX_SAFE_INTEGER
  }
  // it is often the latest that is asked for
  if (head === 0 || (await positionOf(head)) <= position) return head
  let [known, beyond] = [0, head]
  while (beyond - known > 1) {
    const middle = Math.floor((known + beyond) / 2)
    if ((await positionOf(middle)) <= position) known = middle
    else beyond = middle
  }
  return known
}
