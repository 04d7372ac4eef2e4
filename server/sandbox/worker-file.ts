import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type * as Esbuild from 'esbuild'

let built: URL | null = null

/**
 * The file a sandbox thread starts from. The built server has it beside itself. From TypeScript source (tests,
 * `tsx`) it is bundled here and now: a thread does not inherit its parent's loader. ~50 ms, once a process.
 */
export function sandboxWorkerFile(): URL {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return new URL('./sandbox-worker.mjs', here)
  built ??= bundle(path.dirname(fileURLToPath(here)))
  return built
}

function bundle(folder: string): URL {
  // through `require`, so that no bundler takes esbuild along
  const esbuild: typeof Esbuild = createRequire(import.meta.url)('esbuild')
  const root = path.resolve(folder, '../..')
  const [output] = esbuild.buildSync({
    entryPoints: [path.join(folder, 'worker.ts')],
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
  if (!output) throw new Error('esbuild gave no output for the sandbox worker')
  // named by its content and moved into place whole: test processes build it side by side
  const name = createHash('sha256').update(output.contents).digest('hex').slice(0, 16)
  const file = path.join(root, 'node_modules/.cache/saga-workbench', `sandbox-${name}.mjs`)
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, output.contents)
    renameSync(draft, file)
  }
  return pathToFileURL(file)
}
