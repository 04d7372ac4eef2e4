import { describe, expect, it } from 'vitest'
import batchCompletes from '@/core/saga/golden/batch-shipment-completes.json'
import batchRefused from '@/core/saga/golden/batch-shipment-parcel-refused.json'
import loanApproved from '@/core/saga/golden/loan-application-approved.json'
import { describeEvent } from './describe-event'
import { nodeName, placeName, stepPlaces } from './operator'
import { createRunStore } from './run-store'
import { goldenRun } from './testing'
import { timelineRows, unfoldedRows } from './timeline-rows'

const open = (log: unknown) => createRunStore(goldenRun(log))
const historyOf = (log: unknown) => open(log).getState().history

describe('what stands within a saga, a map or a loop', () => {
  const batch = historyOf(batchRefused)
  const loan = historyOf(loanApproved)

  it('is called by its own name and that of what it stands in', () => {
    expect(nodeName(loan.plan, 'pay-out/send-money')).toBe('Pay out › Send the money')
    expect(nodeName(batch.plan, 'label-parcels/2')).toBe('Label the parcels #3')
    expect(placeName(batch.plan, 'label-parcels')).toBe('Label the parcels')
  })

  it('can be broken wherever a step does something', () => {
    expect(stepPlaces(batch.plan)).toEqual(['open-batch', 'label-parcels', 'wait-for-carrier', 'close-batch'])
    expect(stepPlaces(loan.plan)).toContain('pay-out/send-money')
  })

  it('is told by the event list, each round and each compensation by its number', () => {
    const said = batch.events.map(({ event }) => describeEvent(batch.plan, event))
    expect(said).toContain('Label the parcels began with 3 items')
    expect(said).toContain('Label the parcels #3 failed with Refused')
    expect(said).toContain('Void the label (Label the parcels #2) started')
    expect(said).toContain('Cancel the batch started')
    const loanSaid = loan.events.map(({ event }) => describeEvent(loan.plan, event))
    expect(loanSaid).toContain('Pay out › Send the money succeeded')
    expect(loanSaid).toContain('ada approved Approve the loan'.replace('ada', 'somebody'))
  })

  it('has its rows beneath its node, each compensation beneath its round, and folds up', () => {
    const rows = timelineRows(batch.plan, batch.events)
    const told = (list: typeof rows) => list.map(({ label, depth }) => `${' '.repeat(depth)}${label}`)
    expect(told(rows)).toEqual([
      'Open the batch',
      'Cancel the batch',
      'Label the parcels',
      ' #1',
      ' Void the label',
      ' #2',
      ' Void the label',
      ' #3',
      'Wait for the carrier',
      'Close the batch',
    ])
    expect(rows.find(({ nodeId }) => nodeId === 'label-parcels')?.opens).toBe(true)
    expect(told(unfoldedRows(rows, new Set(['label-parcels'])))).toEqual([
      'Open the batch',
      'Cancel the batch',
      'Label the parcels',
      'Wait for the carrier',
      'Close the batch',
    ])
  })

  it('ends in the timeline when its node does, and when the saga turns back', () => {
    const outcomes = (log: unknown, nodeId: string) => {
      const { plan, events } = historyOf(log)
      const row = timelineRows(plan, events).find((each) => each.key === nodeId)
      return row?.segments.map(({ outcome, endAt }) => [outcome, endAt !== null])
    }
    expect(outcomes(batchCompletes, 'wait-for-carrier')).toEqual([['succeeded', true]])
    expect(outcomes(batchRefused, 'label-parcels')).toEqual([['failed', true]])
    expect(outcomes(loanApproved, 'approve')).toEqual([['succeeded', true]])
    expect(outcomes(loanApproved, 'pay-out')).toEqual([['succeeded', true]])
  })
})

describe('going into what a node runs', () => {
  it('shows its graph; a node chosen elsewhere shows the graph it stands in', () => {
    const store = open(loanApproved)
    store.getState().select('pay-out')
    store.getState().enter('pay-out')
    expect([store.getState().scope, store.getState().selectedId]).toEqual(['pay-out', null])
    store.getState().select('pay-out/tell')
    expect(store.getState().scope).toBe('pay-out')
    store.getState().select('score')
    expect(store.getState().scope).toBe('')
  })

  it('stays there while the cursor moves', () => {
    const store = open(loanApproved)
    store.getState().enter('pay-out')
    store.getState().goTo(2)
    expect(store.getState().scope).toBe('pay-out')
  })
})
