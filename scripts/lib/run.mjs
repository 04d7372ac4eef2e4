import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The repository's root, with no slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/**
 * Runs a program in the root, its output passed on, and waits.
 * @param out where what it prints goes, as a file descriptor; by itself where our own output does
 * @returns its exit code; 1 when a signal ended it or it could not start
 */
export function run(command, args, env = {}, out = 'inherit') {
  return new Promise((resolve) => {
    const stdio = ['inherit', out, 'inherit']
    const child = spawn(command, args, { cwd: root, stdio, env: { ...process.env, ...env } })
    const forward = (signal) => child.kill(signal)
    process.on('SIGTERM', forward)
    process.on('SIGINT', forward)
    const done = (code) => {
      process.off('SIGTERM', forward)
      process.off('SIGINT', forward)
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

/** Runs a package's command line with this very Node, which skips npx and its lookups. */
export function runBin(bin, args, env, out) {
  return run(process.execPath, [`${root}/node_modules/${bin}`, ...args], env, out)
}
