// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { SaveStatus } from '@/components/workbench/save-status'
import { testPage } from '@/lib/commands/testing'
import { DesignProvider } from '@/lib/design-store'
import { useCodeText } from './use-code-text'

afterEach(cleanup)

function write() {
  const { store } = testPage()
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <DesignProvider store={store}>{children}</DesignProvider>
  )
  const open = () => renderHook(() => useCodeText(), { wrapper })
  render(<SaveStatus />, { wrapper })
  return { store, open }
}

const leaves = (): boolean => dispatchEvent(new Event('beforeunload', { cancelable: true }))

describe('the design as text', () => {
  it('keeps a text that is no design while another page is looked at, and says that it is not saved', () => {
    const { store, open } = write()
    const first = open()
    const whole = first.result.current.text
    act(() => first.result.current.change(`x${whole}`))
    expect(first.result.current.issues[0]).toMatchObject({ line: 1 })
    expect(screen.getByRole('alert').textContent).toContain('Not saved')
    expect(leaves()).toBe(false)
    first.unmount()

    const { result } = open()
    expect(result.current.text).toBe(`x${whole}`)
    act(() => result.current.change(whole))
    expect(result.current.issues).toEqual([])
    expect(store.getState().draft).toBeNull()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(leaves()).toBe(true)
  })

  it('is kept when the design is changed elsewhere, and says so; discarded, the design stands', () => {
    const { store, open } = write()
    const { result } = open()
    act(() => result.current.change('{'))
    expect(result.current.isStale).toBe(false)
    act(
      () =>
        void store.getState().edit('Rename', (draft) => {
          draft.name = 'Other'
        }),
    )
    expect([result.current.text, result.current.isStale]).toEqual(['{', true])
    act(() => result.current.discard())
    expect(JSON.parse(result.current.text).name).toBe('Other')
  })

  it('is taken as it is typed, in whatever way it is written, until the design changes', () => {
    const { store, open } = write()
    const { result } = open()
    const dense = JSON.stringify({ ...store.getState().document, name: 'Dense' })
    act(() => result.current.change(dense))
    expect(result.current.text).toBe(dense)
    expect(store.getState().document.name).toBe('Dense')
    act(() => store.getState().undo())
    expect(JSON.parse(result.current.text).name).toBe('Shop')
  })
})
