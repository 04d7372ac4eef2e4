import { describe, expect, it } from 'vitest'
import { createProgramNumbers } from './programs'

const program = (text: string) => ({ functions: { f: text } })

describe('program numbers', () => {
  it('gives programs of the same text the same number, in whatever order their functions stand', () => {
    const numbers = createProgramNumbers()
    const first = numbers.numberOf({ functions: { a: '1', b: '2' } })
    expect(numbers.numberOf({ functions: { b: '2', a: '1' } })).toEqual({ ...first, fresh: false })
    expect(numbers.numberOf({ functions: { b: '1', a: '2' } }).number).not.toBe(first.number)
  })

  it('forgets the least recently used program, and sends it again when it comes back', () => {
    const numbers = createProgramNumbers()
    const kept = numbers.numberOf(program('kept')).number
    const gone = numbers.numberOf(program('gone')).number
    const forgotten: (number | null)[] = []
    for (let i = 0; i < 63; i++) {
      numbers.numberOf(program('kept'))
      forgotten.push(numbers.numberOf(program(`p${i}`)).forget)
    }
    expect(forgotten.filter((number) => number !== null)).toEqual([gone])
    expect(numbers.numberOf(program('kept'))).toMatchObject({ number: kept, fresh: false })
    expect(numbers.numberOf(program('gone')).fresh).toBe(true)
  })
})
