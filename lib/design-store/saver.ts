import type { Design } from '@/core/design/document'
import type { DesignPorts } from './ports'
import { type DesignState, SaveRefusedError } from './state'

/** Quiet time before a change is saved, and before a failed save is tried again, ms. */
export const SAVE_AFTER_MS = 600
export const RETRY_AFTER_MS = 4_000

type Saved = Pick<DesignState, 'saveState' | 'saveError' | 'version' | 'theirs'>

interface Owner {
  get(): Pick<DesignState, 'document' | 'version' | 'saveState'>
  set(change: Partial<Saved>): void
}

export interface Saver {
  /** The document changed. */
  touched(): void
  /** The document is what the server has. */
  settled(document: Design): void
  flush(): Promise<number>
  dispose(): void
}

/** Brings the document to the server: one save at a time, the newest state, nothing lost in between. */
export function createSaver(ports: DesignPorts, owner: Owner): Saver {
  let saved = owner.get().document
  let cancel = (): void => {}
  let underway: Promise<void> | null = null
  let disposed = false

  const isDirty = (): boolean => owner.get().document !== saved

  const schedule = (ms: number): void => {
    cancel()
    if (!disposed) cancel = ports.after(ms, () => void start())
  }

  const start = (): Promise<void> => {
    cancel()
    underway ??= save().finally(() => {
      underway = null
    })
    return underway
  }

  const save = async (): Promise<void> => {
    const { document, version } = owner.get()
    if (!isDirty() || owner.get().saveState === 'conflict') return
    owner.set({ saveState: 'saving' })
    try {
      const outcome = await ports.save(version, document)
      if (outcome.kind === 'stale') {
        owner.set({ theirs: await ports.load(), saveState: 'conflict', saveError: null })
        return
      }
      saved = document
      owner.set({ version: outcome.version, saveState: isDirty() ? 'dirty' : 'saved', saveError: null })
      if (isDirty()) schedule(SAVE_AFTER_MS)
    } catch (error) {
      owner.set({ saveState: 'error', saveError: error instanceof Error ? error.message : String(error) })
      schedule(RETRY_AFTER_MS)
    }
  }

  return {
    touched: () => {
      const { saveState } = owner.get()
      // A save under way finds out by itself that there is more.
      if (saveState === 'conflict') return
      if (saveState !== 'saving') owner.set({ saveState: 'dirty' })
      if (underway === null) schedule(SAVE_AFTER_MS)
    },
    settled: (document) => {
      cancel()
      saved = document
      owner.set({ saveState: 'saved', saveError: null })
    },
    flush: async () => {
      while (isDirty()) {
        await start()
        const { saveState } = owner.get()
        if (saveState === 'conflict')
          throw new SaveRefusedError('CONFLICT', 'Somebody else has saved this design')
        if (saveState === 'error') throw new SaveRefusedError('FAILED', 'The design could not be saved')
      }
      return owner.get().version
    },
    dispose: () => {
      disposed = true
      cancel()
    },
  }
}
