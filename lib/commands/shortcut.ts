type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether a key press is the shortcut: "Ctrl+Shift+Z", "F2", "?", "Alt+ArrowLeft", "Plus" for the sign. */
export function isShortcut(event: Key, shortcut: string): boolean {
  const parts = shortcut.split('+')
  const named = parts.at(-1) ?? ''
  const key = named === 'Plus' ? '+' : named
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  if (has('Ctrl') !== (event.ctrlKey || event.metaKey)) return false
  if (has('Alt') !== event.altKey) return false
  // "?" and "+" are typed with Shift on some keyboards and without on others.
  const isLetterOrName = /^[a-z0-9]$/i.test(key) || key.length > 1
  if (isLetterOrName && has('Shift') !== event.shiftKey) return false
  return event.key.toLowerCase() === key.toLowerCase() || event.code === `Key${key.toUpperCase()}`
}
