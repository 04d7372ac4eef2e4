import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'
import { giveUp, say, since } from './say.mjs'

/**
 * Installs when `node_modules` is not what the lockfile says. npm writes what it installed to a lockfile of its own
 * at the very end, so an interrupted install never counts, and one done by hand is not done again.
 * @param out where to say so: a program that reads stdout does not want to
 */
export async function ensureInstalled(out = process.stdout) {
  const reason = installReason()
  if (reason === null) return
  say(`Installing packages: ${reason}. This takes a minute or two, once.`, out)
  const start = performance.now()
  // `include=dev`: what builds the pages is a development package, also when NODE_ENV says production
  // `engine-strict=false`: a package that Prisma brings and we never load asks for Node 22
  const args = ['ci', '--include=dev', '--engine-strict=false', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], {}, out.fd)
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {}, out.fd)
  if (code !== 0)
    giveUp('npm ci failed; what it printed above says why. Without a network it needs a filled npm cache.')
  say(`Installed in ${since(start)}.`, out)
}

function installReason() {
  const wanted = readLock(join(root, 'package-lock.json'))
  if (wanted === null) giveUp('package-lock.json is missing or unreadable; restore it from the repository.')
  const present = readLock(join(root, 'node_modules/.package-lock.json'))
  if (present === null) return 'there is no complete node_modules'
  for (const [path, entry] of Object.entries(wanted)) {
    // optional packages are for other platforms; "" is this project itself
    if (path === '' || entry.optional || entry.link) continue
    if (present[path] === undefined) return `${path} is missing`
    if (present[path].version !== entry.version || present[path].integrity !== entry.integrity)
      return `${path} differs`
  }
  return null
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null
  } catch {
    return null
  }
}
