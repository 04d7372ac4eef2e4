/** Newest snapshots of a stream, which commands start from. */
export const SNAPSHOTS_RECENT = 20
/** Older ones, at most about as many, far apart: looking back starts from one of them. */
const OLDER = 32
const LEAST = 1_000

/**
 * How far apart the older snapshots of a stream of this version are kept: 1,000 events, doubled as often as it takes for
 * them not to be more than a few dozen. Doubling keeps those there are in their places.
 */
export function snapshotSpacing(version: number): number {
  let spacing = LEAST
  while (version / spacing > OLDER) spacing *= 2
  return spacing
}
