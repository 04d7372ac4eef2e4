import { describe, expect, it } from 'vitest'
import { type Design, type DesignInput, parseDesign } from '@/core/design/document'
import { addTarget, plannedTarget } from './add-target'
import { inCommand } from './find'
import { newHttpCall } from './http-call'
import { removeTarget } from './remove-target'
import { renameAggregate, renameCommand } from './rename-aggregate'
import { renameComparedType, renameEventName, renameQuoted, renameStreams } from './rename-code'
import { renameEvent } from './rename-event'
import { renameRule } from './rename-rule'
import { renameSaga } from './rename-saga'
import {
  renameOperation,
  renameOperationError,
  renamePolicy,
  renameProjection,
  renameService,
} from './rename-service'
import { freeName, newAggregate, newOperation, newProjection, newService } from './skeletons'
import { readTarget, targetAt, targetPath, targetText } from './target'
import { usagesOf } from './usages'

const command = (aggregate: string, name: string) => ({
  type: 'command' as const,
  aggregate,
  command: name,
  key: '() => "1"',
})

const INPUT: DesignInput = {
  formatVersion: 1,
  name: 'Shop',
  aggregates: [
    newAggregate('Order'),
    { ...newAggregate('Return'), events: [{ name: 'OrderNoted', evolve: '(s) => s' }] },
  ],
  projections: [
    {
      id: 'orders',
      from: ['Order'],
      key: '(e) => e.streamId',
      on: { OrderNoted: '(r, e) => e.data', Other: '(r) => r' },
    },
    { id: 'all', key: '(e) => e.streamId', on: { OrderNoted: '(r, e) => e.data' } },
  ],
  services: [newService('bank')],
  policies: [
    {
      id: 'p',
      on: 'OrderNoted',
      reaction: { type: 'send-command', aggregate: 'Order', command: 'NoteOrder', key: '() => "1"' },
    },
  ],
  scenarios: [
    {
      id: 's',
      name: 'notes',
      type: 'aggregate',
      aggregate: 'Order',
      given: [{ type: 'OrderNoted', data: {} }],
      when: { type: 'NoteOrder', payload: {} },
      expect: { events: [{ type: 'OrderNoted' }] },
    },
  ],
  sagas: [
    {
      id: 'main',
      nodes: [
        { id: 'start', type: 'start' },
        {
          id: 'a',
          type: 'step',
          action: command('Order', 'NoteOrder'),
          compensation: { action: command('Order', 'NoteOrder') },
        },
        {
          id: 'b',
          type: 'step',
          action: { type: 'call', service: 'bank', operation: 'perform' },
          retry: [{ errors: ['ServiceUnavailable', 'Mine'] }],
        },
        {
          id: 'm',
          type: 'map',
          items: '(d) => d.items',
          body: { type: 'step', action: command('Order', 'NoteOrder') },
        },
      ],
      edges: [],
    },
  ],
}

function design(): Design {
  const parsed = parseDesign(structuredClone(INPUT))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}
/** Renames as an edit does, and gives the document as text: nothing may speak of the old name. */
function changed(recipe: (draft: Design) => void): { readonly draft: Design; readonly text: string } {
  const draft = design()
  recipe(draft)
  return { draft, text: JSON.stringify(draft) }
}

describe('renaming', () => {
  it('rewrites an aggregate in steps, compensations, maps, projections, policies and scenarios', () => {
    const { text } = changed((draft) => renameAggregate(draft, 'Order', 'Sale'))
    expect(text).not.toContain('"Order"')
    expect(text.match(/"aggregate":"Sale"/g)).toHaveLength(5)
  })

  it('rewrites a command wherever it is sent', () => {
    const { text } = changed((draft) => renameCommand(draft, 'Order', 'NoteOrder', 'Jot'))
    expect(text).not.toContain('NoteOrder')
  })

  it('rewrites an event where it is emitted and folded, and keeps the handler where another aggregate emits it too', () => {
    const { draft } = changed((design) => renameEvent(design, 'Order', 'OrderNoted', 'Jotted'))
    expect(draft.aggregates[0]?.commands[0]?.decide).toContain("type: 'Jotted'")
    expect(Object.keys(draft.projections[0]?.on ?? {})).toEqual(['Jotted', 'Other'])
    expect(Object.keys(draft.projections[1]?.on ?? {})).toEqual(['OrderNoted', 'Jotted'])
    expect(draft.policies[0]?.on).toBe('OrderNoted')
    expect(draft.scenarios[0]?.given[0]?.type).toBe('Jotted')
  })

  it('rewrites services, operations, their errors in retry rules, and projections', () => {
    const { draft, text } = changed((design) => {
      renameOperationError(design, 'bank', 'perform', 'ServiceUnavailable', 'Down')
      renameOperation(design, 'bank', 'perform', 'charge')
      renameService(design, 'bank', 'payment')
      renameProjection(design, 'orders', 'sales')
    })
    expect(text).toContain('{"type":"call","service":"payment","operation":"charge"}')
    expect(text).toContain('["Down","Mine"]')
    expect(draft.projections[0]?.id).toBe('sales')
  })

  it('rewrites what a real call maps to an error, and what its function returns', () => {
    const { draft } = changed((design) => {
      const [operation] = design.services.flatMap(({ operations }) => operations)
      if (!operation) throw new Error('no operation')
      operation.http = {
        ...newHttpCall(),
        errors: [{ status: 503, error: 'ServiceUnavailable' }],
        response: "(answer) => fail('ServiceUnavailable', 'no')",
      }
      renameOperationError(design, 'bank', 'perform', 'ServiceUnavailable', 'Down')
    })
    expect(draft.services[0]?.operations[0]?.http).toMatchObject({
      errors: [{ status: 503, error: 'Down' }],
      response: "(answer) => fail('Down', 'no')",
    })
  })

  it('gives a policy that hears the event of two aggregates a companion for the new name', () => {
    const { draft } = changed((design) => renameEvent(design, 'Order', 'OrderNoted', 'Jotted'))
    expect(draft.policies.map(({ id, on }) => [id, on])).toEqual([
      ['p', 'OrderNoted'],
      ['p2', 'Jotted'],
    ])
  })

  it('leaves a status alone that is called as the event is', () => {
    const code = `(s, e) => e.type === 'Paid' && s.status !== "Paid" ? { type: 'Paid', data: { status: 'Paid' } } : ['Paid']`
    expect(renameEventName(code, 'Paid', 'Settled')).toBe(
      `(s, e) => e.type === 'Settled' && s.status !== "Paid" ? { type: 'Settled', data: { status: 'Paid' } } : ['Settled']`,
    )
  })

  it('rewrites a stream in code only when it is of that aggregate', () => {
    const ids = ['Order', 'Order-Line']
    expect(renameStreams(`f('Order-', "Order-7", /^Order-/, 'Order-Line-')`, 'Order', 'Sale', ids)).toBe(
      `f('Sale-', "Sale-7", /^Sale-/, 'Order-Line-')`,
    )
  })

  it('rewrites the type of a command where its code asks for it', () => {
    expect(renameComparedType(`(c) => c.type === 'Pay' || c.how === 'Pay'`, 'Pay', 'Settle')).toBe(
      `(c) => c.type === 'Settle' || c.how === 'Pay'`,
    )
  })

  it('rewrites streams and events of scenarios about projections and sagas', () => {
    const { draft } = changed((design) => {
      design.scenarios.push(
        {
          id: 'rows',
          name: 'rows',
          type: 'projection',
          projection: 'orders',
          given: [{ stream: 'Order-1', type: 'OrderNoted', data: {} }],
          expect: { rows: {} },
        },
        {
          id: 'run',
          name: 'run',
          type: 'saga',
          saga: 'main',
          given: [{ stream: 'Return-1', type: 'OrderNoted', data: {} }],
          when: { input: {}, seed: 's', faults: [], told: [] },
          expect: { status: 'completed', events: [{ stream: 'Order-1', type: 'OrderNoted' }] },
        },
      )
      renameEvent(design, 'Order', 'OrderNoted', 'Jotted')
      renameAggregate(design, 'Order', 'Sale')
      renameSaga(design, 'main', 'whole')
    })
    expect(draft.scenarios[1]).toMatchObject({ given: [{ stream: 'Sale-1', type: 'Jotted' }] })
    expect(draft.scenarios[2]).toMatchObject({
      saga: 'whole',
      given: [{ stream: 'Return-1', type: 'OrderNoted' }],
      expect: { events: [{ stream: 'Sale-1', type: 'Jotted' }] },
    })
  })

  it('touches a name in code only where it stands alone in quotes', () => {
    expect(renameQuoted(`a('Paid', "Paid", 'PaidBack', Paid)`, 'Paid', 'Settled')).toBe(
      `a('Settled', "Settled", 'PaidBack', Paid)`,
    )
    expect(renameQuoted(`x('a.b', 'aXb')`, 'a.b', '$&')).toBe(`x('$&', 'aXb')`)
  })
})

describe('deleting', () => {
  it('names what would be left dangling', () => {
    expect(usagesOf(design(), { kind: 'command', aggregate: 'Order', name: 'NoteOrder' })).toEqual([
      'step a of main',
      'step m of main',
      'policy p',
    ])
    expect(usagesOf(design(), { kind: 'service', id: 'bank' })).toEqual(['step b of main'])
  })

  it('takes out that one thing', () => {
    const { draft } = changed((design) =>
      removeTarget(design, { kind: 'event', aggregate: 'Return', name: 'OrderNoted' }),
    )
    expect(draft.aggregates.map(({ events }) => events.length)).toEqual([1, 0])
  })
})

describe('targets', () => {
  it('come back from the address and from the path of a problem as they were', () => {
    const from = design()
    for (const text of [
      'aggregate:Order',
      'command:Order.NoteOrder',
      'event:Order.OrderNoted',
      'projection:all',
      'policy:p',
      'operation:bank.perform',
    ]) {
      const target = readTarget(text)
      expect(target && targetText(target)).toBe(text)
      expect(target && targetAt(from, targetPath(from, target) ?? [])).toEqual(target)
    }
    expect(readTarget('command:Order')).toBeNull()
  })
})

describe('a policy', () => {
  it('is renamed and taken out', () => {
    const { draft } = changed((design) => renamePolicy(design, 'p', 'q'))
    expect(draft.policies.map(({ id }) => id)).toEqual(['q'])
    removeTarget(draft, { kind: 'policy', id: 'q' })
    expect(draft.policies).toEqual([])
  })

  it('that is added starts a saga of the design, or sends a command where there is none', () => {
    const from = design()
    const what = plannedTarget(from, { kind: 'policy' })
    addTarget(from, what)
    expect(from.policies[1]).toMatchObject({ id: 'whenever', on: 'OrderNoted', reaction: { saga: 'main' } })
    from.sagas = []
    addTarget(from, plannedTarget(from, { kind: 'policy' }))
    expect(from.policies[2]).toMatchObject({
      id: 'whenever2',
      reaction: { type: 'send-command', aggregate: 'Order', command: 'NoteOrder' },
    })
    expect(parseDesign(from).ok).toBe(true)
  })
})

describe('what is added new', () => {
  it('is a valid part of a design', () => {
    const order = newAggregate('Basket')
    const parsed = parseDesign({
      formatVersion: 1,
      name: 'New',
      aggregates: [order],
      projections: [newProjection('baskets', order)],
      services: [{ id: 's', operations: [newOperation('o')] }],
    })
    expect(parsed.ok).toBe(true)
  })

  it('gets a name nobody has', () => {
    expect(freeName('Order', ['Order', 'Order2'])).toBe('Order3')
  })
})

describe('a rule', () => {
  /** A rule that NoteOrder asks for, and a scenario that expects its refusal. */
  function withRule(): Design {
    const draft = structuredClone(design())
    const planned = plannedTarget(draft, { kind: 'rule', aggregate: 'Order' })
    addTarget(draft, planned)
    inCommand('Order', 'NoteOrder', ({ rules }) => void rules.push('rule'))(draft)
    const [scenario] = draft.scenarios
    if (scenario?.type === 'aggregate') scenario.expect = { rejection: 'rule' }
    return draft
  }

  it('stands in the address, has a place, and is found at it', () => {
    const target = { kind: 'rule', aggregate: 'Order', id: 'rule' } as const
    expect(targetText(target)).toBe('rule:Order.rule')
    expect(readTarget('rule:Order.rule')).toEqual(target)
    expect(targetPath(withRule(), target)).toEqual(['aggregates', 0, 'rules', 0])
    expect(targetAt(withRule(), ['aggregates', 0, 'rules', 0, 'check'])).toEqual(target)
    expect(plannedTarget(withRule(), { kind: 'rule', aggregate: 'Order' })).toMatchObject({ id: 'rule2' })
  })

  it('is renamed with the commands that ask for it, and the scenarios that expect it by its id', () => {
    const draft = withRule()
    renameRule(draft, 'Order', 'rule', 'has-note')
    expect(draft.aggregates[0]?.commands[0]?.rules).toEqual(['has-note'])
    expect(draft.scenarios[0]).toMatchObject({ expect: { rejection: 'has-note' } })
    const named = withRule()
    const [rule] = named.aggregates[0]?.rules ?? []
    if (rule) rule.code = 'NoNote'
    renameRule(named, 'Order', 'rule', 'has-note')
    expect(named.scenarios[0]).toMatchObject({ expect: { rejection: 'rule' } })
  })

  it('that is deleted says who asked for it', () => {
    const draft = withRule()
    const target = { kind: 'rule', aggregate: 'Order', id: 'rule' } as const
    expect(usagesOf(draft, target)).toEqual(['command NoteOrder'])
    removeTarget(draft, target)
    expect(draft.aggregates[0]?.rules).toEqual([])
  })
})
