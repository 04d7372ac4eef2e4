'use client'
import { useSyncExternalStore } from 'react'
import { readThemeChoice, THEME_COOKIE, type ThemeChoice } from './theme'

const YEAR_S = 365 * 24 * 60 * 60

/** The page's `<html>` is the store: the server wrote it, the head script keeps it, everything else reads it. */
function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'data-theme-choice'],
  })
  return () => observer.disconnect()
}

const choiceNow = (): ThemeChoice => readThemeChoice(document.documentElement.dataset.themeChoice)
const resolvedNow = (): 'light' | 'dark' =>
  document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'

/** What was chosen. `system` while the server renders. */
export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore<ThemeChoice>(subscribe, choiceNow, () => 'system')
}

/** What is on the screen, for what cannot be told in CSS (canvases, charts). */
export function useResolvedTheme(): 'light' | 'dark' {
  return useSyncExternalStore<'light' | 'dark'>(subscribe, resolvedNow, () => 'light')
}

/** Shows the theme now and remembers it for a year. */
export function chooseTheme(choice: ThemeChoice): void {
  const root = document.documentElement
  root.dataset.themeChoice = choice
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = choice === 'system' ? (dark ? 'dark' : 'light') : choice
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in Firefox 115 or Safari 17
  document.cookie = `${THEME_COOKIE}=${choice}; path=/; max-age=${YEAR_S}; samesite=lax`
}
