import type { Json } from '../json'
import { assertNever, type Result } from '../result'
import type { CodeAnswers, CodeCall, CodeEvent, CodeFault, CodeProgram, CodeRunner } from './contract'
import { type CodePool, createCodePool, type SandboxHost } from './pool'

type Fold = Extract<CodeCall, { kind: 'fold' }>
type Handle = Extract<CodeCall, { kind: 'handle' }>
type Project = Extract<CodeCall, { kind: 'project' }>
type Check = Extract<CodeCall, { kind: 'check' }>
type Answer<C extends CodeCall> = Result<CodeAnswers[C['kind']], CodeFault>

/**
 * The CodeRunner of either side. Fuel and time are meant for one event's handler, so what folds many events
 * crosses in pieces: at first `eventsPerCrossing` at a time, and one at a time where a piece runs out.
 */
export function createCodeRunner(host: SandboxHost, size: number): CodeRunner {
  const pool = createCodePool(host, size)
  const most = host.limits.eventsPerCrossing
  return {
    run: <C extends CodeCall>(program: CodeProgram, call: C): Promise<Answer<C>> =>
      // the switch narrows `call`, which TypeScript does not carry over to `C`
      runCall(pool, most, program, call) as Promise<Answer<C>>,
    close: () => pool.close(),
  }
}

function runCall(
  pool: CodePool,
  most: number,
  program: CodeProgram,
  call: CodeCall,
): Promise<Answer<CodeCall>> {
  switch (call.kind) {
    case 'fold':
      return runFold(pool, most, program, call)
    case 'handle':
      return runHandle(pool, most, program, call)
    case 'project':
      return runProject(pool, most, program, call)
    case 'check':
      return runCheck(pool, program, call)
    case 'call':
    case 'keys':
    case 'rules':
      return cross(pool, program, call)
    default:
      return assertNever(call)
  }
}

/** One crossing. The sandbox answers with the JSON of a Result: it is our own text, not the user's. */
async function cross<C extends CodeCall>(pool: CodePool, program: CodeProgram, call: C): Promise<Answer<C>> {
  return JSON.parse(await pool.run(program, call))
}

const ranOut = (answer: Answer<CodeCall>): boolean =>
  !answer.ok && (answer.error.code === 'CODE_OUT_OF_FUEL' || answer.error.code === 'CODE_TIMEOUT')

async function runFold(
  pool: CodePool,
  most: number,
  program: CodeProgram,
  call: Fold,
): Promise<Answer<Fold>> {
  if (call.events.length <= most) {
    const answer = await cross(pool, program, call)
    if (call.events.length <= 1 || most === 1 || !ranOut(answer)) return answer
    return runFold(pool, 1, program, call)
  }
  let state: Json = call.state
  const states: Json[] = []
  for (const events of pieces(call.events, most)) {
    const answer = await runFold(pool, most, program, { ...call, state, events })
    if (!answer.ok) return answer
    state = answer.value.state
    if (answer.value.states) states.push(...answer.value.states)
  }
  return { ok: true, value: call.every ? { state, states } : { state } }
}

async function runHandle(
  pool: CodePool,
  most: number,
  program: CodeProgram,
  call: Handle,
): Promise<Answer<Handle>> {
  if (call.events.length <= most) {
    const answer = await cross(pool, program, call)
    if (call.events.length === 0 || !ranOut(answer)) return answer
  }
  const { evolve, events, state } = call
  const folded = await runFold(pool, most, program, { kind: 'fold', evolve, events, state })
  if (!folded.ok) return folded
  return cross(pool, program, { ...call, state: folded.value.state, events: [] })
}

async function runProject(
  pool: CodePool,
  most: number,
  program: CodeProgram,
  call: Project,
): Promise<Answer<Project>> {
  const { events, keys } = call
  if (events.length <= most) {
    const answer = await cross(pool, program, call)
    if (events.length === 0 || !ranOut(answer)) return answer
    // one event that runs out is that event's fault, like any other
    if (events.length === 1 && !answer.ok)
      return { ok: true, value: { rows: {}, fault: { ...answer.error, eventIndex: 0 } } }
    return runProject(pool, 1, program, call)
  }
  let rows = call.rows
  const changed = new Set<string>()
  const give = () => Object.fromEntries([...changed].map((key) => [key, rows[key] ?? null]))
  for (let at = 0; at < events.length; at += most) {
    const piece = { ...call, rows, events: events.slice(at, at + most), keys: keys.slice(at, at + most) }
    const answer = await runProject(pool, most, program, piece)
    if (!answer.ok) return answer
    rows = { ...rows, ...answer.value.rows }
    for (const key of Object.keys(answer.value.rows)) changed.add(key)
    const { fault } = answer.value
    if (fault)
      return { ok: true, value: { rows: give(), fault: { ...fault, eventIndex: at + fault.eventIndex } } }
  }
  return { ok: true, value: { rows: give() } }
}

/** Where evaluating them all runs out, each is evaluated alone, and the one that does not end is a fault like others. */
async function runCheck(pool: CodePool, program: CodeProgram, call: Check): Promise<Answer<Check>> {
  const fns = call.fns ?? Object.keys(program.functions)
  const answer = await cross(pool, program, { kind: 'check', fns })
  if (answer.ok || !ranOut(answer)) return answer
  if (fns.length === 1) return { ok: true, value: { faults: [{ fn: fns[0], ...answer.error }] } }
  const faults: CodeFault[] = []
  for (const fn of fns) {
    const one = await runCheck(pool, program, { kind: 'check', fns: [fn] })
    if (!one.ok) return one
    faults.push(...one.value.faults)
  }
  return { ok: true, value: { faults } }
}

function* pieces(events: readonly CodeEvent[], most: number): Generator<readonly CodeEvent[]> {
  for (let at = 0; at < events.length; at += most) yield events.slice(at, at + most)
}
