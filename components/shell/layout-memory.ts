import { z } from 'zod'

const region = z.object({ sizePx: z.number().min(80).max(4000), collapsed: z.boolean() })
const layout = z.object({ left: region, right: region, bottom: region }).partial()

export type RegionName = 'left' | 'right' | 'bottom'
export type RegionMemory = z.output<typeof region>
export type LayoutMemory = z.output<typeof layout>

const keyOf = (id: string): string => `workbench-layout:${id}`

/** What was remembered; nothing when there is none, when it cannot be read, or when it is not what we wrote. */
export function recallLayout(id: string, storage: Pick<Storage, 'getItem'>): LayoutMemory {
  try {
    return layout.parse(JSON.parse(storage.getItem(keyOf(id)) ?? '{}'))
  } catch {
    return {}
  }
}

/** Remembers one region. A browser that refuses to store (private mode, full) only forgets. */
export function rememberRegion(
  id: string,
  name: RegionName,
  memory: RegionMemory,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): void {
  try {
    storage.setItem(keyOf(id), JSON.stringify({ ...recallLayout(id, storage), [name]: memory }))
  } catch {
    // sizes are a comfort, not data
  }
}
