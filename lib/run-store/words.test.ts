import { describe, expect, it } from 'vitest'
import { planSaga } from '@/core/saga'
import { contractErrors } from './contract-errors'
import { describeEvent } from './describe-event'
import { axisTicks, formatDuration } from './duration'
import { describeFault, faultOf, NEW_FAULT, withFault } from './fault-draft'
import { emptyHistory, extend, stateAt } from './history'
import { refusalOf } from './operator'
import { playDelayMs } from './playback'
import { recordRun } from './testing'

const broken = recordRun([{ node: 'ship', effect: { type: 'error', code: 'CarrierDown' } }])
const plan = planSaga(broken.saga)
const history = extend(emptyHistory(plan), broken.events) ?? emptyHistory(plan)

describe('what a run is told in', () => {
  it('writes durations as a person reads them', () => {
    expect([0, 840, 1234, 65_000, 3_600_000, 273_600_000].map(formatDuration)).toEqual([
      '0 ms',
      '840 ms',
      '1.23 s',
      '1 m 5 s',
      '1 h',
      '3 d 4 h',
    ])
  })

  it('labels an axis at round places', () => {
    expect(axisTicks(1050, 6)).toEqual([0, 200, 400, 600, 800, 1000])
    expect(axisTicks(0, 6)).toEqual([0])
  })

  it('tells the rollback in order', () => {
    const said = history.events.map(({ event }) => describeEvent(plan, event))
    expect(said.slice(-5)).toEqual([
      'Ship failed with CarrierDown',
      'Compensation began after CarrierDown: 1 step to undo',
      'Refund started',
      'Refund done: Take payment is undone',
      'The saga is compensated: everything was undone',
    ])
  })

  it('offers the errors that an operation names', () => {
    expect(contractErrors(broken.design, plan, 'pay', 'action').map(({ name }) => name)).toEqual([
      'InsufficientFunds',
    ])
    expect(contractErrors(broken.design, plan, 'pay', 'compensation')).toEqual([])
  })

  it('asks the core what an operator may do', () => {
    expect(refusalOf(plan, stateAt(history, 2), { action: 'pause' })).toBeNull()
    expect(refusalOf(plan, stateAt(history, 2), { action: 'resume' })).toBe('it is not paused')
    expect(refusalOf(plan, stateAt(history, history.events.length), { action: 'pause' })).toBe('RUN_ENDED')
  })

  it('replaces a fault at the same place and keeps the others', () => {
    const first = faultOf('pay', NEW_FAULT)
    const other = faultOf('pay', { ...NEW_FAULT, phase: 'compensation' })
    const again = faultOf('pay', { ...NEW_FAULT, how: 'timeout-after' })
    expect(withFault(withFault([first], other), again)).toEqual([other, again])
    expect([other, again].map(describeFault)).toEqual([
      'its compensation fails with InjectedFault',
      'never answers, after doing the work',
    ])
  })

  it('plays recorded time at the speed asked for, within what can be watched', () => {
    const completed = history.events.find(({ event }) => event.type === 'StepCompleted')?.seq ?? 0
    expect(playDelayMs(history, completed - 1, 1)).toBe(50)
    expect(playDelayMs(history, completed - 1, 10)).toBe(40)
    expect(playDelayMs(history, history.events.length, 1)).toBeNull()
  })
})
