import { join } from 'node:path'
import { root } from './run.mjs'

/** What threads start from: looked for beside the program that starts them (`server/worker-file.ts`). */
const THREADS = {
  'sandbox-worker': 'server/sandbox/worker.ts',
  'store-thread': 'server/store/sqlite/thread.ts',
}

/**
 * Bundles programs that run on Node, and their threads. Packages stay outside.
 * @param {Record<string, string>} entries source by the name of its bundle, relative to the root
 * @param {string} folder where the bundles come, relative to the root
 */
export async function bundle(entries, folder) {
  const { build } = await import('esbuild')
  await build({
    entryPoints: Object.entries({ ...entries, ...THREADS }).map(([out, source]) => ({
      in: join(root, source),
      out,
    })),
    outdir: join(root, folder),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    tsconfig: join(root, 'tsconfig.json'),
    absWorkingDir: root,
    logLevel: 'warning',
  })
}
