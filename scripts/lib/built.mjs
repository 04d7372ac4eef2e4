import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sourceFingerprint } from './fingerprint.mjs'
import { root, run } from './run.mjs'
import { giveUp, say, since } from './say.mjs'

export const serverBundle = join(root, '.build/server/main.mjs')
const stamp = join(root, '.build/fingerprint')

/**
 * Builds when anything that goes into the build has changed since the last one that succeeded.
 * @param out where to say so: a program that reads stdout does not want to
 */
export async function ensureBuilt(out = process.stdout) {
  const fingerprint = sourceFingerprint()
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : null
  if (built === fingerprint && existsSync(serverBundle) && existsSync(join(root, '.next/BUILD_ID'))) return
  say(
    built === null
      ? 'Building for the first time. This takes about a minute.'
      : 'Building: the sources have changed.',
    out,
  )
  const start = performance.now()
  rmSync(stamp, { force: true })
  // a process of its own: what a build leaves in memory would stay with the server
  const code = await run(process.execPath, [join(root, 'scripts/build.mjs')], {}, out.fd)
  if (code !== 0) giveUp('The build failed; what it printed above says why.')
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, fingerprint)
  say(`Built in ${since(start)}.`, out)
}

/** Forgets that anything was built: a build by hand is stamped only by `ensureBuilt`. */
export function forgetBuild() {
  rmSync(stamp, { force: true })
}
