import { describe, expect, it } from 'vitest'
import { recallLayout, rememberRegion } from './layout-memory'

function storage(): Pick<Storage, 'getItem' | 'setItem'> & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

describe('the memory of a layout', () => {
  it('keeps each region of each layout apart', () => {
    const store = storage()
    rememberRegion('design', 'left', { sizePx: 300, collapsed: false }, store)
    rememberRegion('design', 'bottom', { sizePx: 200, collapsed: true }, store)
    rememberRegion('run', 'left', { sizePx: 222, collapsed: false }, store)
    expect(recallLayout('design', store)).toEqual({
      left: { sizePx: 300, collapsed: false },
      bottom: { sizePx: 200, collapsed: true },
    })
    expect(recallLayout('run', store)).toEqual({ left: { sizePx: 222, collapsed: false } })
  })

  it.each(['{', '[]', '"x"', '{"left":{"sizePx":-5,"collapsed":false}}', '{"left":7}'])(
    'forgets what it cannot read: %s',
    (text) => {
      const store = storage()
      store.setItem('workbench-layout:design', text)
      expect(recallLayout('design', store)).toEqual({})
    },
  )

  it('survives a browser that refuses to store', () => {
    const refuse = () => {
      throw new Error('QuotaExceededError')
    }
    const store = { getItem: refuse, setItem: refuse }
    expect(() => rememberRegion('design', 'left', { sizePx: 300, collapsed: false }, store)).not.toThrow()
    expect(recallLayout('design', store)).toEqual({})
  })
})
