import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryDesign } from './arbitrary'
import { codeId } from './code-id'
import { design } from './lint-fixture'
import { codeProblems } from './problem'
import {
  codeEntries,
  codePath,
  type DesignPath,
  designProgram,
  evolveHandlers,
  projectionHandlers,
} from './program'

const at = (value: unknown, path: DesignPath): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)?.[key], value)
const undo = { type: 'command', aggregate: 'A', command: 'C', key: 'ck', payload: 'cp' } as const

const everything = design({
  services: [
    {
      id: 's',
      operations: [
        { id: 'silent' },
        { id: 'o', response: 'r' },
        {
          id: 'h',
          http: {
            url: { type: 'code', code: 'hu' },
            headers: { type: 'code', code: 'hh' },
            body: { type: 'code', code: 'hb' },
            response: 'hr',
          },
        },
        { id: 'plain', http: { url: { type: 'template', template: 'https://a.example' } } },
      ],
    },
  ],
  aggregates: [
    {
      id: 'A',
      initialState: {},
      isTerminal: 't',
      commands: [{ name: 'a.evolve.B', decide: 'd' }],
      events: [
        { name: 'E.1', version: 3, upcasters: ['u1', 'u2'], evolve: 'e' },
        { name: 'E', version: 2, upcasters: ['v1'], evolve: 'f' },
      ],
    },
  ],
  projections: [{ id: 'p', key: 'k', on: { 'on.E': 'h' } }],
  policies: [
    { id: 'one', on: 'E', when: 'w', reaction: { type: 'start-saga', saga: 'g', input: 'i' } },
    {
      id: 'two',
      on: 'E',
      reaction: { type: 'send-command', aggregate: 'A', command: 'C', key: 'pk', payload: 'pp' },
    },
  ],
  sagas: [
    {
      id: 'g',
      edges: [],
      nodes: [
        { id: 'start', type: 'start' },
        {
          id: 'n',
          type: 'step',
          action: { type: 'command', aggregate: 'A', command: 'C', key: 'nk', payload: 'np' },
          input: 'ni',
          output: 'no',
          compensation: { input: 'ci', action: undo },
        },
        {
          id: 'x',
          type: 'step',
          action: { type: 'script', code: 'xs' },
          compensation: { action: { type: 'script', code: 'xc' } },
        },
        { id: 'c', type: 'choice', branches: [{ id: 'left', when: 'cw' }] },
        { id: 'w', type: 'wait', until: 'wu' },
        { id: 'sub', type: 'saga', saga: 'g', input: 'si', output: 'so' },
        {
          id: 'm',
          type: 'map',
          items: 'mi',
          output: 'mo',
          body: {
            type: 'step',
            action: { type: 'script', code: 'mb' },
            compensation: { input: 'bi', action: undo },
          },
        },
        { id: 'l', type: 'loop', until: 'lu', body: { type: 'step', action: undo } },
      ],
    },
  ],
})

describe('the program of a design', () => {
  it('holds every user function under its id', () => {
    expect(designProgram(everything).functions).toEqual({
      'service.s.o.response': 'r',
      'service.s.h.http.url': 'hu',
      'service.s.h.http.headers': 'hh',
      'service.s.h.http.body': 'hb',
      'service.s.h.http.response': 'hr',
      'aggregate.A.decide.a.evolve.B': 'd',
      'aggregate.A.evolve.E.1': 'e',
      'aggregate.A.upcast.E.1.1': 'u1',
      'aggregate.A.upcast.E.1.2': 'u2',
      'aggregate.A.evolve.E': 'f',
      'aggregate.A.upcast.E.1': 'v1',
      'aggregate.A.isTerminal': 't',
      'projection.p.key': 'k',
      'projection.p.on.on.E': 'h',
      'saga.g.n.input': 'ni',
      'saga.g.n.output': 'no',
      'saga.g.n.key': 'nk',
      'saga.g.n.payload': 'np',
      'saga.g.n.compensation.input': 'ci',
      'saga.g.n.compensation.key': 'ck',
      'saga.g.n.compensation.payload': 'cp',
      'saga.g.x.script': 'xs',
      'saga.g.x.compensation.script': 'xc',
      'saga.g.c.branch.left': 'cw',
      'saga.g.w.until': 'wu',
      'saga.g.sub.input': 'si',
      'saga.g.sub.output': 'so',
      'saga.g.m.items': 'mi',
      'saga.g.m.output': 'mo',
      'saga.g.m.body.script': 'mb',
      'saga.g.m.body.compensation.input': 'bi',
      'saga.g.m.body.compensation.key': 'ck',
      'saga.g.m.body.compensation.payload': 'cp',
      'saga.g.l.until': 'lu',
      'saga.g.l.body.key': 'ck',
      'saga.g.l.body.payload': 'cp',
      'policy.one.when': 'w',
      'policy.one.input': 'i',
      'policy.two.key': 'pk',
      'policy.two.payload': 'pp',
    })
  })

  it('leads from every function back to the field it stands in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(everything), arbitraryDesign()), (any) => {
        const { functions } = designProgram(any)
        for (const { id, path, source } of codeEntries(any)) {
          expect(at(any, path)).toBe(source)
          expect(at(any, codePath(any, id))).toBe(functions[id])
        }
      }),
    )
    expect(codePath(everything, 'saga.g.n.compensation.key')).toEqual([
      'sagas',
      0,
      'nodes',
      1,
      'compensation',
      'action',
      'key',
    ])
    expect(codePath(everything, 'saga.g.ghost.input')).toEqual([])
  })

  it('builds the ids that the program uses', () => {
    const { functions } = designProgram(everything)
    const built = [
      codeId.stepInput('g', 'n'),
      codeId.stepOutput('g', 'n'),
      codeId.stepKey('g', 'n'),
      codeId.stepPayload('g', 'n'),
      codeId.stepScript('g', 'x'),
      codeId.compensationInput('g', 'n'),
      codeId.compensationKey('g', 'n'),
      codeId.compensationPayload('g', 'n'),
      codeId.compensationScript('g', 'x'),
      codeId.branch('g', 'c', 'left'),
      codeId.until('g', 'w'),
      codeId.items('g', 'm'),
      codeId.scriptOf(codeId.body('g', 'm')),
      codeId.response('s', 'o'),
      codeId.decide('A', 'a.evolve.B'),
      codeId.evolve('A', 'E'),
      codeId.upcast('A', 'E', 1),
      codeId.isTerminal('A'),
      codeId.projectionKey('p'),
      codeId.projectionOn('p', 'on.E'),
      codeId.policyWhen('one'),
      codeId.policyInput('one'),
      codeId.policyKey('two'),
      codeId.policyPayload('two'),
    ]
    expect(built.filter((id) => !(id in functions))).toEqual([])
  })

  it('gives the handlers of an aggregate and of a projection', () => {
    expect(everything.aggregates.map(evolveHandlers)).toEqual([
      { 'E.1': 'aggregate.A.evolve.E.1', E: 'aggregate.A.evolve.E' },
    ])
    expect(everything.projections.map(projectionHandlers)).toEqual([{ 'on.E': 'projection.p.on.on.E' }])
  })

  it('puts faults of code on their fields', () => {
    const faults = [
      { code: 'CODE_SYNTAX', message: 'bad', fn: 'saga.g.w.until', line: 2, column: 7 } as const,
      { code: 'CODE_TIMEOUT', message: 'slow' } as const,
    ]
    expect(codeProblems(everything, faults)).toEqual([
      {
        code: 'CODE_SYNTAX',
        severity: 'error',
        path: ['sagas', 0, 'nodes', 4, 'until'],
        message: 'bad',
        line: 2,
        column: 7,
      },
      { code: 'CODE_TIMEOUT', severity: 'error', path: [], message: 'slow' },
    ])
  })
})
