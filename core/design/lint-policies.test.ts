import { describe, expect, it } from 'vitest'
import { design, problems, saga } from './lint-fixture'

const decides = (...types: readonly string[]) =>
  `(state, command) => [${types.map((type) => `{ type: '${type}', data: {} }`).join(', ')}]`
const aggregates = [
  {
    id: 'Thing',
    initialState: {},
    commands: [
      { name: 'NoteThing', decide: decides('ThingNoted') },
      { name: 'Praise', decide: decides('Praised') },
      { name: 'Look', decide: decides() },
    ],
    events: [
      { name: 'ThingNoted', evolve: 's' },
      { name: 'Praised', evolve: 's' },
    ],
  },
]
const sends = (id: string, on: string, command: string, when?: string) => ({
  id,
  on,
  reaction: { type: 'send-command' as const, aggregate: 'Thing', command, key: '() => "k"' },
  ...(when === undefined ? {} : { when }),
})
const starts = (id: string, on: string, name = 'saga') => ({
  id,
  on,
  reaction: { type: 'start-saga' as const, saga: name },
})
const note = { type: 'command', aggregate: 'Thing', command: 'NoteThing', key: '() => "k"' } as const
const told = (
  policies: readonly ReturnType<typeof sends | typeof starts>[],
  sagas = [saga('start > a, a > end')],
) =>
  problems(design({ aggregates, sagas, policies: [...policies] }), 'POLICY_LOOP').map(
    ({ path, severity, message }) => `${severity} ${path.join('.')}: ${message}`,
  )

describe('POLICY_LOOP', () => {
  it('is a policy whose command emits what it listens for', () => {
    expect(told([sends('again', 'ThingNoted', 'NoteThing')])).toEqual([
      'warning policies.0.reaction: this never ends: ThingNoted → Thing.NoteThing → ThingNoted; a "when" would end it',
    ])
  })

  it('is told once of policies that set each other off, by the whole circle', () => {
    expect(
      told([
        sends('a', 'Praised', 'Look'),
        sends('b', 'ThingNoted', 'Praise'),
        sends('c', 'Praised', 'NoteThing'),
      ]),
    ).toEqual([
      'warning policies.1.reaction: this never ends: ThingNoted → Thing.Praise → Praised → Thing.NoteThing → ThingNoted; a "when" would end it',
    ])
  })

  it('goes through a saga, what it runs within, and the events of its runs', () => {
    const sends = saga('start > a, a > end', { a: { type: 'step', action: note } }, 'inner')
    const outer = saga('start > r, r > end', { r: { type: 'saga', saga: 'inner' } }, 'outer')
    expect(told([starts('p', 'ThingNoted', 'outer')], [outer, sends])).toHaveLength(1)
    expect(told([starts('p', 'SagaCompleted')])).toHaveLength(1)
    expect(told([starts('p', 'SagaFailed')])).toEqual([])
  })

  it('is not told of a policy that may say no, nor of what only an undoing sends', () => {
    expect(told([sends('again', 'ThingNoted', 'NoteThing', '() => false')])).toEqual([])
    expect(told([sends('on', 'ThingNoted', 'Praise'), sends('look', 'Praised', 'Look')])).toEqual([])
    const undoing = saga('start > a, a > end', {
      a: { type: 'step', action: { type: 'script', code: '() => ({})' }, compensation: { action: note } },
    })
    expect(told([starts('p', 'ThingNoted')], [undoing])).toEqual([])
  })
})
