import type { AggregateState } from '@/core/protocol'

/** Keeps the last states that were asked for; a question under way is not asked twice. */
export interface StateCache {
  /** @throws what the load throws; a failed one is asked again the next time */
  at(version: number): Promise<AggregateState>
}

const KEPT = 500

/** The past does not change, so a state at a version is read once. One cache for one design version: code may change. */
export function createStateCache(load: (version: number) => Promise<AggregateState>): StateCache {
  const held = new Map<number, Promise<AggregateState>>()
  return {
    at(version) {
      const known = held.get(version)
      if (known) return known
      const asked = load(version)
      held.set(version, asked)
      asked.catch(() => held.delete(version))
      const oldest = held.keys().next().value
      if (held.size > KEPT && oldest !== undefined) held.delete(oldest)
      return asked
    },
  }
}
