// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { STATES, type StateFamily, type UiStatus } from './state'
import { StateBadge } from './state-badge'

afterEach(cleanup)

const statuses = Object.keys(STATES) as UiStatus[]
const families: readonly StateFamily[] = [
  'pending',
  'running',
  'succeeded',
  'compensating',
  'failed',
  'unknown',
]

describe('StateBadge', () => {
  it.each(statuses)('tells %s by an icon, a word and the colour of its family', (status) => {
    const { container } = render(<StateBadge status={status} />)
    const badge = container.firstElementChild
    expect(badge?.textContent).toBe(STATES[status].label)
    expect(badge?.querySelector('svg[aria-hidden]')).toBeTruthy()
    expect(badge?.className).toContain(`text-state-${STATES[status].family}`)
    expect(badge?.className).toContain(`bg-soft-${STATES[status].family}`)
  })

  it('gives no two statuses the same icon or the same word', () => {
    const looks = statuses.map((status) => STATES[status])
    expect(new Set(looks.map(({ Icon }) => Icon)).size).toBe(statuses.length)
    expect(new Set(looks.map(({ label }) => label)).size).toBe(statuses.length)
  })

  it('uses all six families', () => {
    expect(new Set(statuses.map((status) => STATES[status].family))).toEqual(new Set(families))
  })

  it('takes other words for the same state', () => {
    const { container } = render(<StateBadge status="retrying" label="Attempt 2 of 3" />)
    expect(container.textContent).toBe('Attempt 2 of 3')
  })
})
