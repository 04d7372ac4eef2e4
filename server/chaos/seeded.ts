import { randomAt } from '@/core/random'

/** Draws that follow one another: the same seed, the same draws. */
export interface Draws {
  /** In [0, 1). */
  next(): number
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  pick<T>(from: readonly T[]): T | undefined
}

export function seededDraws(...seed: readonly (string | number)[]): Draws {
  let drawn = 0
  const next = () => randomAt(...seed, drawn++)
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (from) => from[Math.floor(next() * from.length)],
  }
}
