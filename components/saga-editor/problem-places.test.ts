import { describe, expect, it } from 'vitest'
import { tabOf } from './problem-places'

const at = (...field: readonly (string | number)[]) => tabOf(['sagas', 0, 'nodes', 1, ...field])

describe('the tab of a problem', () => {
  it('is the one its field stands in, of a round as of a step', () => {
    expect([at('action', 'operation'), at('items'), at('until'), at('timeoutMs'), at()]).toEqual(
      Array(5).fill('config'),
    )
    expect([at('compensation', 'input'), at('body', 'compensation')]).toEqual(Array(2).fill('compensation'))
    expect([at('retry', 0, 'errors'), at('body', 'retry', 1)]).toEqual(Array(2).fill('policy'))
    expect([at('input'), at('output'), at('body', 'input')]).toEqual(Array(3).fill('data'))
  })
})
