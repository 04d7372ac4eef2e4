import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as Esbuild from 'esbuild'
import { THREADS } from '../worker-file'
import type { ServerSettings } from './settings'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A server in a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess
  readonly pid: number
  /** What it has said so far, both streams. */
  said(): string
  /** Resolves once it has said something that matches; rejects when it ends without. */
  says(pattern: RegExp): Promise<string>
  /** Resolves with its address once it serves; null when it ended instead. */
  readonly ready: Promise<string | null>
  /** Resolves once it is gone, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  kill(): Promise<void>
}

/**
 * Bundles the server to be killed, as `npm run build` bundles the one that is started, and the witness. Test processes do
 * it side by side: each has a folder of its own.
 * @returns the files to start
 */
export function bundleServer(): { readonly server: string; readonly witness: string } {
  // Below the repository, where packages are found.
  const out = join(root, '.build/chaos', String(process.pid))
  process.once('exit', () => rmSync(out, { recursive: true, force: true }))
  const esbuild: typeof Esbuild = createRequire(import.meta.url)('esbuild')
  esbuild.buildSync({
    entryPoints: {
      ...THREADS,
      server: 'server/chaos/server.ts',
      witness: 'server/chaos/witness.ts',
    },
    outdir: out,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    alias: { '@': root },
    logLevel: 'error',
  })
  return { server: join(out, 'server.mjs'), witness: join(out, 'witness.mjs') }
}

export const startServer = (file: string, settings: ServerSettings): ServerProcess =>
  startProcess(file, [JSON.stringify(settings)])

/** Starts it. It ends with this process, whatever becomes of that. */
export function startProcess(file: string, args: readonly string[]): ServerProcess {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let text = ''
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null))
  const heard = new EventEmitter()
  const listen = (chunk: string) => {
    text += chunk
    heard.emit('text')
  }
  child.stdout.setEncoding('utf8').on('data', listen)
  child.stderr.setEncoding('utf8').on('data', listen)
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text)
        if (!found) return
        heard.off('text', look)
        resolve(found[1] ?? found[0])
      }
      heard.on('text', look)
      child.once('close', () => reject(new Error(`it ended without ${pattern}: ${text}`)))
      look()
    })
  const ready = says(/^ready (.*)$/m).catch(() => null)
  return {
    child,
    pid: child.pid ?? 0,
    said: () => text,
    says,
    ready,
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
