import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process of which machine. Empty parts cannot be told on this system. */
export interface ProcessIdentity {
  readonly host: string
  readonly pid: number
  /** Changes when the machine is started anew. */
  readonly bootId: string
  /** Pids mean something within one of these: containers have their own. */
  readonly pidSpace: string
  /** When it began, in ticks since the boot: a pid may be given out again. */
  readonly processStart: string
}

export function thisProcess(): ProcessIdentity {
  return {
    host: hostname(),
    pid: process.pid,
    bootId: reading(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidSpace: reading(() => readlinkSync('/proc/self/ns/pid')),
    processStart: processStat(process.pid)?.start ?? '',
  }
}

/** True only when it is certain: a process that cannot be seen from here may be alive. */
export function isProvablyGone(other: ProcessIdentity, here = thisProcess()): boolean {
  if (other.host !== here.host || other.bootId !== here.bootId || other.pidSpace !== here.pidSpace)
    return false
  if (!isThere(other.pid)) return true
  const found = processStat(other.pid)
  // Killed, and not yet buried by its parent: it does nothing any more.
  if (found?.state === 'Z' || found?.state === 'X') return true
  return found !== null && other.processStart !== '' && found.start !== other.processStart
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** From /proc, which only Linux has. The name of a process may hold anything: what counts stands after its last `)`. */
function processStat(pid: number): { readonly state: string; readonly start: string } | null {
  const text = reading(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  const start = fields[19]
  return state && start ? { state, start } : null
}

function reading(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
