import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/** Everything that the build reads. Configuration counts; tests do not. */
const sources = ['app', 'components', 'core', 'lib', 'server', 'examples', 'prisma', 'public']
const configs = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'next.config.js',
  'postcss.config.mjs',
  'scripts/build.mjs',
]
const leftOut = /(\.test\.tsx?|\.contract\.ts|\.md)$|^server\/store\/generated\//

/** A hash over the names and contents of what is built. Equal hashes, equal builds. */
export function sourceFingerprint() {
  const hash = createHash('sha256').update(process.versions.node)
  for (const path of [...configs, ...sources].flatMap(filesIn)) {
    if (leftOut.test(path)) continue
    const content = readFileSync(join(root, path))
    hash.update(`\0${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Files below a path, sorted, relative to the root, with forward slashes. */
function filesIn(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (statSync(full).isFile()) return [path]
  return readdirSync(full, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() || entry.isFile() ? filesIn(`${path}/${entry.name}`) : []))
}
