/**
 * A clock that never goes back: the one on the wall may be set. Times in a log ascend with positions, so that a time is
 * found by halving.
 * @param atLeast epoch ms of the last event that is on disk
 */
export function createSteadyClock(now: () => number, atLeast = 0): () => number {
  let last = atLeast
  return () => {
    last = Math.max(last, now())
    return last
  }
}
