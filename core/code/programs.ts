import type { CodeProgram } from './contract'

/** Programs a worker remembers the text of. */
const KEPT = 64

/**
 * Numbers programs for one worker, so that a program's text is sent once. Two programs with the same text are
 * the same program, whoever built them.
 */
export interface ProgramNumbers {
  /** `fresh`: the worker has not got it yet. `forget`: the number it makes room for. */
  numberOf(program: CodeProgram): {
    readonly number: number
    readonly fresh: boolean
    readonly forget: number | null
  }
}

/** The text of a program never changes, so it is read once per object. */
const texts = new WeakMap<CodeProgram, string>()

function textOf(program: CodeProgram): string {
  let text = texts.get(program)
  if (text === undefined) {
    text = JSON.stringify(Object.entries(program.functions).sort(([a], [b]) => (a < b ? -1 : 1)))
    texts.set(program, text)
  }
  return text
}

export function createProgramNumbers(): ProgramNumbers {
  /** Least recently used first. */
  const numbers = new Map<string, number>()
  let last = 0
  return {
    numberOf(program) {
      const text = textOf(program)
      const found = numbers.get(text)
      if (found !== undefined) {
        numbers.delete(text)
        numbers.set(text, found)
        return { number: found, fresh: false, forget: null }
      }
      last += 1
      numbers.set(text, last)
      const oldest = numbers.size > KEPT ? numbers.entries().next().value : undefined
      if (!oldest) return { number: last, fresh: true, forget: null }
      numbers.delete(oldest[0])
      return { number: last, fresh: true, forget: oldest[1] }
    },
  }
}
