import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type * as Esbuild from 'esbuild'

/** What threads start from, by the name of its bundle. `scripts/lib/bundle.mjs` builds the same. */
export const THREADS = {
  'sandbox-worker': 'server/sandbox/worker.ts',
  'store-thread': 'server/store/sqlite/thread.ts',
} as const

type ThreadName = keyof typeof THREADS

const made = new Map<ThreadName, URL>()

/**
 * The file a thread starts from. The built server has it beside itself. From TypeScript source (tests, `tsx`) it is
 * bundled here and now: a thread does not inherit its parent's loader. ~50 ms, once a process.
 */
export function workerFile(name: ThreadName): URL {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return new URL(`./${name}.mjs`, here)
  const known = made.get(name) ?? bundle(name, path.resolve(path.dirname(fileURLToPath(here)), '..'))
  made.set(name, known)
  return known
}

function bundle(name: ThreadName, root: string): URL {
  // through `require`, so that no bundler takes esbuild along
  const esbuild: typeof Esbuild = createRequire(import.meta.url)('esbuild')
  const [output] = esbuild.buildSync({
    entryPoints: [path.join(root, THREADS[name])],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '@': root },
    logLevel: 'error',
  }).outputFiles
  if (!output) throw new Error(`esbuild gave no output for ${THREADS[name]}`)
  // named by its content and moved into place whole: test processes build it side by side
  const hash = createHash('sha256').update(output.contents).digest('hex').slice(0, 16)
  const file = path.join(root, 'node_modules/.cache/saga-workbench', `${name}-${hash}.mjs`)
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, output.contents)
    renameSync(draft, file)
  }
  return pathToFileURL(file)
}
