// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readThemeChoice, THEME_SCRIPT } from './theme'
import { chooseTheme, useResolvedTheme, useThemeChoice } from './theme-store'

/** jsdom has no matchMedia: this one is a switch that tells its listeners. */
function machine(dark: boolean): { set(dark: boolean): void } {
  const listeners = new Set<() => void>()
  const query = {
    matches: dark,
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
  }
  vi.stubGlobal('matchMedia', () => query)
  return {
    set: (next) => {
      query.matches = next
      for (const listener of listeners) listener()
    },
  }
}

const root = document.documentElement

describe('the theme', () => {
  beforeEach(() => {
    root.dataset.themeChoice = 'system'
    root.dataset.theme = 'light'
  })

  it('reads an unknown cookie as system', () => {
    expect([undefined, '', 'DARK', '<script>', 'dark', 'light'].map(readThemeChoice)).toEqual([
      'system',
      'system',
      'system',
      'system',
      'dark',
      'light',
    ])
  })

  it('follows the machine before the first paint and whenever it changes', () => {
    const device = machine(true)
    new Function(THEME_SCRIPT)()
    expect(root.dataset.theme).toBe('dark')
    device.set(false)
    expect(root.dataset.theme).toBe('light')
  })

  it('does not follow the machine once something was chosen', () => {
    const device = machine(false)
    new Function(THEME_SCRIPT)()
    chooseTheme('light')
    device.set(true)
    expect(root.dataset.theme).toBe('light')
  })

  it('shows a choice everywhere at once and keeps it in a cookie', async () => {
    machine(false)
    const { result } = renderHook(() => [useThemeChoice(), useResolvedTheme()])
    expect(result.current).toEqual(['system', 'light'])
    await act(async () => chooseTheme('dark'))
    expect(result.current).toEqual(['dark', 'dark'])
    expect(document.cookie).toContain('theme=dark')
  })
})
