/** What one round of a measurement gave. Times in ms. */
export interface Round {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Of three the one in the middle counts. */
export const ROUNDS = 3

/** @param durationsMs how long each thing took @param elapsedMs how long all of them took together */
export function summarize(durationsMs: readonly number[], elapsedMs: number): Round {
  const sorted = [...durationsMs].sort((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2))
  return { perSecond: Math.round((durationsMs.length * 1_000) / elapsedMs), p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** The round in the middle by throughput. */
export function median(rounds: readonly Round[]): Round {
  const sorted = [...rounds].sort((a, b) => a.perSecond - b.perSecond)
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p50Ms: 0, p99Ms: 0 }
}

export async function medianOf(count: number, measure: () => Promise<Round>): Promise<Round> {
  const rounds: Round[] = []
  for (let index = 0; index < count; index += 1) rounds.push(await measure())
  return median(rounds)
}

/**
 * Keeps `concurrency` of a thing going for a while. Each that ends is followed by another until time is up; all that
 * began are waited for and counted.
 */
export async function drive(
  concurrency: number,
  seconds: number,
  once: (worker: number) => Promise<void>,
): Promise<Round> {
  const durations: number[] = []
  const start = performance.now()
  const worker = async (index: number) => {
    while (performance.now() - start < seconds * 1_000) {
      const before = performance.now()
      await once(index)
      durations.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, (_, index) => worker(index)))
  return summarize(durations, performance.now() - start)
}
