import { describe, expect, it } from 'vitest'
import type { FaultInput } from '@/core/saga'
import {
  faultsOf,
  NO_FAULTS,
  notBrokenAt,
  stepLeft,
  togglePreset,
  withAdded,
  withDrafted,
  without,
} from './fault-choice'
import type { FaultPreset } from './fault-presets'

const fails = (node: string, code = 'Down'): FaultInput => ({ node, effect: { type: 'error', code } })
const preset = (id: string, ...faults: FaultInput[]): FaultPreset => ({ id, label: id, says: id, faults })
const nodes = (faults: readonly FaultInput[]) => faults.map(({ node }) => node)

describe('what is to go wrong in a run', () => {
  it('counts what the form says of the chosen step, added or not', () => {
    expect(faultsOf(withDrafted(NO_FAULTS, fails('pay'), false))).toEqual([fails('pay')])
    const added = withAdded(NO_FAULTS, fails('pay', 'Old'))
    expect(faultsOf(withDrafted(added, fails('pay', 'New'), true))).toEqual([fails('pay', 'New')])
  })

  it('keeps what was meant when another step is chosen, and not what was only looked at', () => {
    expect(faultsOf(stepLeft(withDrafted(NO_FAULTS, fails('pay'), true)))).toEqual([fails('pay')])
    expect(faultsOf(stepLeft(withDrafted(NO_FAULTS, fails('pay'), false)))).toEqual([])
  })

  it('takes away what was drafted as well as what was added', () => {
    const draft = fails('ship')
    const both = withDrafted(withAdded(NO_FAULTS, fails('pay')), draft, true)
    expect(nodes(faultsOf(without(both, draft)))).toEqual(['pay'])
    const [first] = both.added
    expect(nodes(faultsOf(without(both, first ?? draft)))).toEqual(['ship'])
  })

  it('adds presets to what a person has chosen, whose word on a step stands', () => {
    const own = withAdded(NO_FAULTS, fails('pay', 'Mine'))
    const all = togglePreset(
      togglePreset(own, preset('a', fails('pay'), fails('ship'))),
      preset('b', fails('x')),
    )
    expect(faultsOf(all)).toEqual([fails('pay', 'Mine'), fails('ship'), fails('x')])
    expect(nodes(faultsOf(togglePreset(all, preset('a'))))).toEqual(['pay', 'x'])
    // Of those that apply the first strikes: one attempt of mine stands before the preset's every attempt.
    const once = withAdded(NO_FAULTS, { ...fails('pay', 'Mine'), attempt: 1 })
    expect(faultsOf(togglePreset(once, preset('a', fails('pay'))))).toMatchObject([{ attempt: 1 }, {}])
  })

  it('does not break a step that was chosen to be stopped at, unless that was asked for too', () => {
    expect(faultsOf(notBrokenAt(withDrafted(NO_FAULTS, fails('pay'), false), 'pay'))).toEqual([])
    expect(faultsOf(notBrokenAt(withDrafted(NO_FAULTS, fails('pay'), true), 'pay'))).toHaveLength(1)
  })
})
