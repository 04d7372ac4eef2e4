/**
 * Lets at most `most` things happen at once; the others wait in the order in which they came.
 * @returns runs a job in its turn
 */
export function turnstile(most: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let under = 0
  return async (job) => {
    if (under >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else under += 1
    try {
      return await job()
    } finally {
      // Whoever is next has the place without its being free in between.
      const next = waiting.shift()
      if (next) next()
      else under -= 1
    }
  }
}
