/**
 * Calls `stop` once, on the first SIGTERM or SIGINT, then ends the process with 0. A second signal ends it at once.
 * @param options.withParent also stop when the parent process is gone. npm, killed outright, takes nobody with it,
 *   and the port would stay taken.
 */
export function stopOnSignals(stop: () => Promise<void>, options: { readonly withParent: boolean }): void {
  let stopping = false
  const onSignal = (): void => {
    if (stopping) process.exit(130)
    stopping = true
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(
          `could not stop cleanly: ${error instanceof Error ? error.message : String(error)}\n`,
        )
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  if (options.withParent) watchParent(onSignal)
}

function watchParent(onOrphaned: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onOrphaned()
  }, 250)
  timer.unref()
}
