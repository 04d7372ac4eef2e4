import { describe, expect, it } from 'vitest'
import { design, problems } from './lint-fixture'
import { applyPatch } from './patch'

const document = design({
  aggregates: [
    {
      id: 'Order',
      initialState: {},
      rules: [
        { id: 'open', check: '() => true' },
        { id: 'paid', check: '() => true' },
      ],
      commands: [
        { name: 'Ship', rules: ['open', 'gone'], decide: '() => []' },
        { name: 'Cancel', rules: ['open', 'open'], decide: '() => []' },
      ],
    },
  ],
})

describe('rules of an aggregate', () => {
  it('UNKNOWN_RULE: a command asks for one that is not there, and can stop asking', () => {
    const [found, ...others] = problems(document, 'UNKNOWN_RULE')
    expect(others).toEqual([])
    expect(found).toMatchObject({ severity: 'error', path: ['aggregates', 0, 'commands', 0, 'rules', 1] })
    const mended = found?.fix && applyPatch(document, found.fix.patch)
    expect(mended).toMatchObject({
      aggregates: [{ commands: [{ rules: ['open'] }, {}] }],
    })
  })

  it('REPEATED_RULE: a command asks for one twice', () => {
    expect(
      problems(document, 'REPEATED_RULE').map(({ path, severity }) => [path.join('.'), severity]),
    ).toEqual([['aggregates.0.commands.1.rules.1', 'info']])
  })

  it('UNUSED_RULE: no command asks for it, which is no mistake yet', () => {
    expect(problems(document, 'UNUSED_RULE').map(({ path, severity }) => [path.join('.'), severity])).toEqual(
      [['aggregates.0.rules.1', 'info']],
    )
  })
})

describe('a read model of recorded commands', () => {
  const readModel = (from: readonly string[]) =>
    design({
      projections: [
        { id: 'refused', from: [...from], key: '() => 1', on: { CommandRejected: '() => null' } },
      ],
    })

  it('names them as "commands"', () => {
    expect(problems(readModel(['commands']), 'UNKNOWN_AGGREGATE')).toEqual([])
    expect(problems(readModel(['commands']), 'UNKNOWN_EVENT')).toEqual([])
  })

  it('is not given them when it names nothing', () => {
    expect(problems(readModel([]), 'UNKNOWN_EVENT')).toHaveLength(1)
  })
})
