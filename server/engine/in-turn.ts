/**
 * Jobs under one name take turns in the order in which they came; those under other names do not wait for them.
 * @returns runs a job in its turn; `waiting` tells how many have one before it
 */
export function inTurn(): {
  readonly run: <T>(name: string, job: () => Promise<T>) => Promise<T>
  readonly waiting: (name: string) => number
} {
  const lines = new Map<string, { last: Promise<unknown>; length: number }>()
  return {
    waiting: (name) => lines.get(name)?.length ?? 0,
    async run(name, job) {
      const line = lines.get(name) ?? { last: Promise.resolve(), length: 0 }
      lines.set(name, line)
      line.length += 1
      const turn = line.last.then(job)
      line.last = turn.catch(() => undefined)
      try {
        return await turn
      } finally {
        line.length -= 1
        if (line.length === 0) lines.delete(name)
      }
    },
  }
}
