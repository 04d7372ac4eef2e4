import type { CodeCall, CodeFault, CodeProgram } from './contract'
import type { CodeLimits } from './limits'
import { createProgramNumbers, type ProgramNumbers } from './programs'
import { type FromWorker, refusedText, type ToWorker } from './protocol'

/** A worker of either side: worker_threads or Web Worker. */
export interface SandboxWorker {
  post(message: ToWorker): void
  /** Keeps the process alive while a call is under way, and only then. */
  busy(busy: boolean): void
  terminate(): void
}

/** How a pool makes workers and keeps time; each side brings its own. */
export interface SandboxHost {
  readonly limits: CodeLimits
  /** Compiled once, shared by all workers. */
  loadWasm(): Promise<WebAssembly.Module>
  spawn(onMessage: (message: FromWorker) => void, onDeath: (reason: string) => void): Promise<SandboxWorker>
  /** @returns what cancels it */
  after(ms: number, act: () => void): () => void
}

/** Answers one call with the JSON text of a `Result`. Never rejects for what user code does. */
export interface CodePool {
  run(program: CodeProgram, call: CodeCall): Promise<string>
  close(): Promise<void>
}

interface Job {
  readonly program: CodeProgram
  /** The function, where it is known which one a hang is the fault of. */
  readonly fn: string | undefined
  readonly callJson: string
  readonly settle: (answerJson: string) => void
  /** It was in a message in which one call hung: the next time it goes in a message of its own. */
  suspect: boolean
}

interface Slot {
  worker: SandboxWorker | null
  /** Programs this worker has, by number. */
  known: ProgramNumbers
  /** Sent and not yet answered, in order. */
  jobs: Job[]
  cancelWatch: () => void
}

/** Calls in one message: few enough that the other workers get some too. */
const BATCH = 100
/** A call may start this much after the clock was last set; see worker-loop's FLUSH_MS. */
const SLACK_MS = 5

const GRACE_MS = 4

const STOPPED = refusedText({ code: 'CODE_TIMEOUT', message: 'the sandbox was stopped' })

export function createCodePool(host: SandboxHost, size: number): CodePool {
  const { limits } = host
  const queue: Job[] = []
  let closed = false
  let wasm: Promise<WebAssembly.Module> | null = null
  const slots: Slot[] = Array.from({ length: size }, () => ({
    worker: null,
    known: createProgramNumbers(),
    jobs: [],
    cancelWatch: () => {},
  }))

  function watch(slot: Slot, ms: number, phase: 'run' | 'boot') {
    slot.cancelWatch()
    const message =
      phase === 'run' ? `the code ran for more than ${limits.timeMs} ms` : 'the sandbox did not start in time'
    slot.cancelWatch = host.after(ms, () => {
      // When it was this thread that hung, the answer is already waiting: let it in first.
      slot.cancelWatch = host.after(GRACE_MS, () => bury(slot, { code: 'CODE_TIMEOUT', message }))
    })
  }

  /**
   * Ends a worker. Which of several calls it was at is not known, as answers are held back for a moment: they
   * are run again (they are pure), each alone, until the one that hangs is found, and gets `fault`.
   */
  function bury(slot: Slot, fault: CodeFault) {
    slot.cancelWatch()
    slot.worker?.terminate()
    slot.worker = null
    slot.known = createProgramNumbers()
    const { jobs } = slot
    slot.jobs = []
    const [first, ...others] = jobs
    if (others.length === 0) first?.settle(refusedText({ ...fault, fn: first.fn }))
    else queue.unshift(...jobs.map((job) => ({ ...job, suspect: true })))
    pump()
  }

  function onMessage(slot: Slot, message: FromWorker) {
    if (message.kind === 'booting') return watch(slot, limits.bootMs, 'boot')
    if (message.kind === 'running') return watch(slot, limits.timeMs + SLACK_MS, 'run')
    const settled = slot.jobs.splice(0, message.answers.length)
    if (message.done) {
      slot.cancelWatch()
      slot.worker?.busy(false)
    }
    settled.forEach((job, i) => {
      job.settle(message.answers[i] ?? STOPPED)
    })
    if (message.done) pump()
  }

  async function start(slot: Slot): Promise<void> {
    // A worker that was buried in the meantime must not act for the one that took its place.
    let alive = true
    let worker: SandboxWorker | null = null
    try {
      wasm ??= host.loadWasm()
      const module = await wasm
      worker = await host.spawn(
        (message) => alive && slot.worker === worker && onMessage(slot, message),
        (reason) => {
          if (!alive || slot.worker !== worker) return
          bury(slot, { code: 'CODE_OUT_OF_MEMORY', message: `the sandbox ended: ${reason}` })
        },
      )
      if (closed) return worker.terminate()
      slot.worker = worker
      worker.post({ kind: 'init', wasm: module, limits })
    } catch (error) {
      alive = false
      wasm = null
      const job = queue.shift()
      job?.settle(
        refusedText({ code: 'CODE_TIMEOUT', message: `the sandbox did not start: ${String(error)}` }),
      )
    }
  }

  let pumpQueued = false
  /** Sends on the next microtask, so that calls made together cross together. */
  function pump() {
    if (pumpQueued) return
    pumpQueued = true
    queueMicrotask(() => {
      pumpQueued = false
      for (const slot of slots) {
        if (closed || queue.length === 0) return
        if (slot.jobs.length > 0 || starting.has(slot)) continue
        if (slot.worker) send(slot, slot.worker)
        else if (queue.length > starting.size) {
          starting.add(slot)
          void start(slot).finally(() => {
            starting.delete(slot)
            pump()
          })
        }
      }
    })
  }
  const starting = new Set<Slot>()

  function send(slot: Slot, worker: SandboxWorker) {
    const idle = slots.filter((other) => other.worker && other.jobs.length === 0).length
    const suspectAt = queue.slice(0, BATCH).findIndex((job) => job.suspect)
    const most = suspectAt < 0 ? BATCH : Math.max(1, suspectAt)
    slot.jobs = queue.splice(0, Math.min(most, Math.ceil(queue.length / idle)))
    const programs: [number, CodeProgram][] = []
    const forget: number[] = []
    const calls = slot.jobs.map((job): [number, string] => {
      const found = slot.known.numberOf(job.program)
      if (found.fresh) programs.push([found.number, job.program])
      if (found.forget !== null) forget.push(found.forget)
      return [found.number, job.callJson]
    })
    worker.busy(true)
    watch(slot, limits.bootMs, 'boot')
    worker.post({ kind: 'batch', programs, forget, calls })
  }

  return {
    run: (program, call) =>
      new Promise((settle) => {
        if (closed) return settle(STOPPED)
        queue.push({
          program,
          fn: call.kind === 'call' ? call.fn : undefined,
          callJson: JSON.stringify(call),
          settle,
          suspect: false,
        })
        pump()
      }),
    async close() {
      closed = true
      const open = [...queue, ...slots.flatMap((slot) => slot.jobs)]
      queue.length = 0
      for (const slot of slots) {
        slot.cancelWatch()
        slot.worker?.terminate()
        slot.worker = null
        slot.jobs = []
      }
      for (const job of open) job.settle(STOPPED)
    },
  }
}
