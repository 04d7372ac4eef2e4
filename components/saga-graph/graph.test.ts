import { describe, expect, it } from 'vitest'
import type { Saga } from '@/core/design/saga'
import { INITIAL_STATE, type NodeView, planSaga, type RunView, viewRun } from '@/core/saga'
import batchCompletes from '@/core/saga/golden/batch-shipment-completes.json'
import batchRefused from '@/core/saga/golden/batch-shipment-parcel-refused.json'
import loanApproved from '@/core/saga/golden/loan-application-approved.json'
import { sampleAnswer } from '@/lib/design-store/testing'
import { createRunStore, viewShown } from '@/lib/run-store/run-store'
import { goldenRun } from '@/lib/run-store/testing'
import { buildEdges } from './build-edges'
import { buildNodes, type NodeInputs } from './build-nodes'
import { neighbour } from './geometry'
import { durationWords, spokenLabel, stepNumbers } from './node-words'

const { document } = sampleAnswer()
const found = document.sagas[0]
if (!found) throw new Error('the sample has a saga')
const saga: Saga = found
const positions = document.layout.sagas.order ?? {}
const inputs: NodeInputs = { saga, positions, run: null, selectedIds: [], tabStop: 'start' }
const byId = <T extends { readonly id: string }>(list: readonly T[]) =>
  new Map(list.map((each) => [each.id, each]))

const fresh = (): RunView => viewRun(planSaga(saga), INITIAL_STATE)
function withNode(view: RunView, id: string, change: Partial<NodeView>): RunView {
  const node = view.nodes[id]
  if (!node) throw new Error(id)
  return { ...view, nodes: { ...view.nodes, [id]: { ...node, ...change } } }
}

describe('the nodes of the graph', () => {
  it('are the very same objects when nothing they show has changed', () => {
    const first = buildNodes(inputs, new Map())
    const again = buildNodes({ ...inputs, saga: { ...saga, nodes: [...saga.nodes] } }, byId(first))
    expect(again.every((node, at) => node === first[at])).toBe(true)
  })

  it('change alone when one step runs', () => {
    const before = buildNodes({ ...inputs, run: fresh() }, new Map())
    const run = withNode(fresh(), 'charge', { status: 'running', attempts: 1 })
    const after = buildNodes({ ...inputs, run }, byId(before))
    expect(after.filter((node, at) => node !== before[at]).map(({ id }) => id)).toEqual(['charge'])
  })

  it('have one that Tab reaches', () => {
    const nodes = buildNodes({ ...inputs, selectedIds: ['charge'], tabStop: 'charge' }, new Map())
    expect(nodes.filter(({ domAttributes }) => domAttributes?.tabIndex === 0).map(({ id }) => id)).toEqual([
      'charge',
    ])
  })

  it('say that they are behind the pivot', () => {
    const nodes = saga.nodes.map((node) =>
      node.id === 'reserve' && node.type === 'step' ? { ...node, kind: 'pivot' as const } : node,
    )
    const built = buildNodes({ ...inputs, saga: { ...saga, nodes } }, new Map())
    expect(built.filter(({ data }) => data.retryOnly).map(({ id }) => id)).toEqual(['charge', 'end'])
  })
})

describe('what is spoken of a node', () => {
  const charge = saga.nodes[2]
  const numbers = stepNumbers(saga)
  if (!charge) throw new Error('the sample has a third node')

  it('names it, its place and its compensation', () => {
    expect(spokenLabel(charge, numbers.get('charge'), null)).toBe(
      'Charge card, step 2 of 2, compensation: script',
    )
  })

  it('tells how it stands, and that nobody knows whether the work was done', () => {
    const live = {
      status: 'timed-out',
      effect: 'unknown',
      attempts: 2,
      error: 'Timeout',
      branch: null,
      late: false,
      undo: 'running',
      undoAttempts: 1,
      rounds: null,
      pips: '',
      until: null,
      held: false,
    } as const
    expect(spokenLabel(charge, numbers.get('charge'), live)).toBe(
      'Charge card, step 2 of 2, timed out, attempt 2, outcome unknown, Timeout, compensation: script, compensating',
    )
  })

  it('gives durations in the largest unit that is short', () => {
    expect([250, 1_500, 60_000, 5_400_000, 259_200_000].map(durationWords)).toEqual([
      '250 ms',
      '1.5 s',
      '1 min',
      '1.5 h',
      '3 d',
    ])
  })
})

describe('the edges', () => {
  it('run back along the compensations that a run undoes, past nodes that have none', () => {
    const nodes = saga.nodes.map((node) =>
      node.type === 'step' ? { ...node, compensation: { action: node.action } } : node,
    )
    const undone = {
      status: 'compensated',
      attempts: 1,
      input: null,
      output: null,
      error: null,
      startedAt: 1,
      endedAt: 2,
      retryAt: null,
      byHand: null,
      left: false,
    } as const
    let run = withNode(fresh(), 'reserve', { compensation: { ...undone, status: 'pending' } })
    run = withNode(run, 'charge', { compensation: undone })
    const edges = buildEdges({ saga: { ...saga, nodes }, run }, new Map())
    const back = edges.filter(({ type }) => type === 'rollback')
    expect(back.map(({ source, target, data }) => [source, target, data?.state])).toEqual([
      ['charge', 'reserve', 'idle'],
    ])
  })

  it('stand still while one looks at the past', () => {
    const edges = buildEdges({ saga, run: { ...fresh(), past: true } }, new Map())
    expect(edges.some(({ data }) => data?.moves)).toBe(false)
  })

  it('are the very same objects when they show nothing new', () => {
    const first = buildEdges({ saga, run: fresh() }, new Map())
    const again = buildEdges({ saga, run: fresh() }, byId(first))
    expect(again.every((edge, at) => edge === first[at])).toBe(true)
  })
})

describe('arrow keys', () => {
  const nodes = [
    { id: 'a', at: { x: 0, y: 100 } },
    { id: 'b', at: { x: 300, y: 0 } },
    { id: 'c', at: { x: 300, y: 210 } },
    { id: 'd', at: { x: 600, y: 100 } },
  ]

  it('go to the nearest node in their direction', () => {
    expect(neighbour(nodes, 'a', 'right')).toBe('b')
    expect(neighbour(nodes, 'b', 'down')).toBe('c')
    expect(neighbour(nodes, 'c', 'up')).toBe('b')
    expect(neighbour(nodes, 'd', 'left')).toBe('b')
  })

  it('stay where nothing lies that way', () => {
    expect(neighbour(nodes, 'a', 'left')).toBeNull()
    expect(neighbour(nodes, 'nobody', 'left')).toBeNull()
  })
})

describe('a node that runs others', () => {
  const built = (log: unknown, seq?: number) => {
    const store = createRunStore(goldenRun(log))
    if (seq !== undefined) store.getState().goTo(seq)
    const run = viewShown(store.getState())
    return byId(buildNodes({ ...inputs, saga: store.getState().saga, run }, new Map()))
  }
  const seqOf = (log: { readonly events: readonly { readonly type: string }[] }, type: string) =>
    log.events.findIndex((event) => event.type === type) + 1

  it('tells how many rounds are through, and shows a pip for each, those to come included', () => {
    const refused = built(batchRefused).get('label-parcels')
    expect(refused?.data.live?.rounds).toBe('2 of 3')
    expect(refused?.data.live?.pips).toBe('compensated,compensated,failed')
    expect(refused?.ariaLabel).toMatch(/^Label the parcels, map, failed, 2 of 3, Refused/)
    const begun = built(batchRefused, seqOf(batchRefused, 'MapStarted')).get('label-parcels')
    expect(begun?.data.live?.pips).toBe('pending,pending,pending')
    expect(built(batchCompletes).get('wait-for-carrier')?.data.live?.rounds).toBe('round 2')
  })

  it('says what it waits for, and until when', () => {
    const asked = built(loanApproved, seqOf(loanApproved, 'ApprovalRequested')).get('approve')
    expect(asked?.ariaLabel).toMatch(/, waiting, waits for a decision until .*\d/)
    const signal = built(loanApproved, seqOf(loanApproved, 'SignalAwaited')).get('signature')
    expect(signal?.ariaLabel).toMatch(/waits for Signed until/)
  })
})
