import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'
import type { Quickjs } from './boot'
import type { CodeFault, CodeProgram } from './contract'
import type { CodeLimits } from './limits'
import { PRELUDE_SOURCE, WRAP_LENGTH, wrapSource } from './prelude'

/** One program in one sandbox. */
export interface Vm {
  /** @param callJson a CodeCall as JSON text → `Result<answer, CodeFault>` as JSON text. Never throws. */
  run(callJson: string): string
  /** After a disaster, or once its memory has grown: it must not be used again. */
  readonly spent: boolean
}

const OUT_OF_MEMORY = '{"ok":false,"error":{"code":"CODE_OUT_OF_MEMORY"'
const THREW_NULL = '{"ok":false,"error":{"code":"CODE_THREW","message":"threw null"'

/** Loads the prelude; user functions are compiled when a call first needs them. */
export function createVm(quickjs: Quickjs, program: CodeProgram, limits: CodeLimits): Vm {
  const { context } = quickjs
  let spent = false
  /** ids by the number in their file name `<f3>` */
  const ids: string[] = []

  const compile = context.newFunction('compile', (idHandle, indexHandle) => {
    const id = context.getString(idHandle)
    const index = context.getNumber(indexHandle)
    ids[index] = id
    try {
      return compileFunction(context, program, ids, index, limits)
    } catch {
      // the parser is not as careful with its stack as the interpreter: the host's gave way
      spent = true
      return context.newString(
        JSON.stringify({ code: 'CODE_SYNTAX', message: 'this nests too deeply', fn: id }),
      )
    }
  })
  const prelude = context.unwrapResult(context.evalCode(PRELUDE_SOURCE, '<prelude>', { type: 'global' }))
  const dispatch = context.unwrapResult(
    context.callFunction(
      prelude,
      context.undefined,
      compile,
      context.newNumber(limits.resultBytes),
      context.newNumber(WRAP_LENGTH),
    ),
  )

  /** It grows in steps, so it may have no room well before the cap. */
  const full = () => quickjs.memoryBytes() > 0.75 * limits.memoryBytes

  function run(callJson: string): string {
    quickjs.refuel(limits.fuelPolls)
    try {
      const input = context.newString(callJson)
      const result = context.callFunction(dispatch, context.undefined, input)
      input.dispose()
      if (result.error) {
        spent = true
        // reading an error must not be what is interrupted
        quickjs.refuel(Number.POSITIVE_INFINITY)
        return refused(faultOf(context, result.error, ids, full()))
      }
      const answer = context.getString(result.value)
      result.value.dispose()
      if (answer.startsWith(OUT_OF_MEMORY)) spent = true
      // with no room left even for the error, QuickJS throws null
      if (full() && answer.startsWith(THREW_NULL)) {
        return refused({ code: 'CODE_OUT_OF_MEMORY', message: 'the code used too much memory' })
      }
      if (quickjs.memoryBytes() > limits.memoryKeptBytes) spent = true
      return answer
    } catch (error) {
      // The host's own stack or the instance gave way: its memory is in no known state.
      spent = true
      if (error instanceof RangeError)
        return refused({ code: 'CODE_THREW', message: 'the call stack is exhausted' })
      return refused({
        code: 'CODE_OUT_OF_MEMORY',
        message: `the sandbox broke down: ${String(error).slice(0, 200)}`,
      })
    }
  }

  return {
    run,
    get spent() {
      return spent
    },
  }
}

const refused = (error: CodeFault): string => JSON.stringify({ ok: false, error })

/** Gives the maker of a function, or a fault as JSON text. */
function compileFunction(
  context: QuickJSContext,
  program: CodeProgram,
  ids: readonly string[],
  index: number,
  limits: CodeLimits,
): QuickJSHandle {
  const id = ids[index] ?? ''
  const fault = (code: CodeFault['code'], message: string, at: Partial<CodeFault> = {}): QuickJSHandle =>
    context.newString(JSON.stringify({ code, message, fn: id, ...at }))
  const source = Object.hasOwn(program.functions, id) ? program.functions[id] : undefined
  if (source === undefined) return fault('CODE_FUNCTION_NOT_FOUND', `there is no function ${id}`)
  if (source.length > limits.sourceBytes) {
    return fault('CODE_SYNTAX', `the function is longer than ${limits.sourceBytes} characters`)
  }
  const { proof, maker } = wrapSource(source)
  const file = `<f${index}>`
  const proven = context.evalCode(proof, file, { type: 'global', strict: true, compileOnly: true })
  if (proven.error) {
    const { message, stack } = readError(context, proven.error)
    return fault('CODE_SYNTAX', message, placeOf(stack, ids))
  }
  proven.value.dispose()
  const made = context.evalCode(maker, file, { type: 'global', strict: true })
  if (!made.error) return made.value
  const { message, stack } = readError(context, made.error)
  return fault('CODE_SYNTAX', message, placeOf(stack, ids))
}

interface ThrownText {
  readonly message: string
  readonly stack: string
}

/** `dump` reads own properties of an error without running user code, or gives the thrown value. */
function readError(context: QuickJSContext, handle: QuickJSHandle): ThrownText {
  const dumped: unknown = context.dump(handle)
  handle.dispose()
  if (typeof dumped !== 'object' || dumped === null) return { message: String(dumped), stack: '' }
  const { name, message, stack } = dumped as { name?: unknown; message?: unknown; stack?: unknown }
  return {
    message: `${String(name ?? 'Error')}: ${String(message ?? '')}`.slice(0, 500),
    stack: typeof stack === 'string' ? stack.slice(0, 2000) : '',
  }
}

function faultOf(
  context: QuickJSContext,
  handle: QuickJSHandle,
  ids: readonly string[],
  full: boolean,
): CodeFault {
  const { message, stack } = readError(context, handle)
  const at = placeOf(stack, ids)
  if (message === 'InternalError: interrupted') {
    return { code: 'CODE_OUT_OF_FUEL', message: 'the code ran for too long: does a loop never end?', ...at }
  }
  if (full || message === 'InternalError: out of memory') {
    return { code: 'CODE_OUT_OF_MEMORY', message: 'the code used too much memory', ...at }
  }
  return { code: 'CODE_THREW', message, ...at }
}

/** The topmost frame that is user code, in the lines and columns of its own source. */
function placeOf(stack: string, ids: readonly string[]): Pick<CodeFault, 'fn' | 'line' | 'column'> {
  const found = /<f(\d+)>:(\d+)(?::(\d+))?/.exec(stack)
  const fn = found ? ids[Number(found[1])] : undefined
  if (!found || fn === undefined) return {}
  const line = Number(found[2])
  if (found[3] === undefined) return { fn, line }
  return { fn, line, column: Math.max(1, Number(found[3]) - (line === 1 ? WRAP_LENGTH : 0)) }
}
