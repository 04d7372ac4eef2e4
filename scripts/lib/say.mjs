/** One line about what is going on, told apart from what the tools print. */
export function say(text, out = process.stdout) {
  out.write(`▸ ${text}\n`)
}

/** Ends with a line that a person can act on. */
export function giveUp(text) {
  process.stderr.write(`✗ ${text}\n`)
  process.exit(1)
}

/** @returns seconds since `startMs`, with one decimal: `12.3 s` */
export function since(startMs) {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`
}
