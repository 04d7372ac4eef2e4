/** What a person chose; `system` follows the machine. */
export type ThemeChoice = 'light' | 'dark' | 'system'

export const THEME_COOKIE = 'theme'

/** Reads the cookie's value. Anything unknown is `system`. */
export function readThemeChoice(value: string | undefined): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system'
}

/**
 * Runs in the head, before the first paint, so that `system` never flashes the wrong colours.
 * Text rather than a function: it is in the page before any bundle is.
 */
export const THEME_SCRIPT = `(() => {
  const root = document.documentElement
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    if (root.dataset.themeChoice === 'system') root.dataset.theme = dark.matches ? 'dark' : 'light'
  }
  apply()
  dark.addEventListener('change', apply)
})()`
