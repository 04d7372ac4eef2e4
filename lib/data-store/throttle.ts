/**
 * Calls `act` at most once in `ms`: at once when it has been quiet, and once more at the end when something came
 * in between.
 */
export function createThrottle(ms: number, act: () => void): { request(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let again = false
  const run = () => {
    again = false
    timer = setTimeout(() => {
      timer = null
      if (again) run()
    }, ms)
    act()
  }
  return {
    request() {
      if (timer === null) run()
      else again = true
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      again = false
    },
  }
}
