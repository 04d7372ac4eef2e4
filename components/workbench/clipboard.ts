import { type Clip, readClip } from '@/lib/commands/edits/clip'

/**
 * Kept in the browser's storage rather than the system's clipboard: it goes between tabs and designs, and nobody is
 * asked for a permission.
 */
const KEY = 'workbench.clip'

export function keepClip(clip: Clip): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(clip))
  } catch {
    // storage is full or forbidden: there is nothing to paste then
  }
}

export function keptClip(): Clip | null {
  try {
    return readClip(localStorage.getItem(KEY) ?? '')
  } catch {
    return null
  }
}
