import type { Json } from '@/core/json'

/** What the lesson needs of the world around it. */
export interface LessonPorts {
  /** Sends a command. @throws an error whose message says why it was refused */
  write(): Promise<{ readonly type: string; readonly streamId: string; readonly position: number }>
  /** Reads the read model; with `atLeast`, once it has come to that position. */
  read(
    streamId: string,
    atLeast: number | null,
  ): Promise<{ readonly checkpoint: number; readonly row: Json | undefined }>
  /** Resolves when the read side is seen to have come to a position. */
  reached(position: number): Promise<void>
  /** ms, monotonic */
  now(): number
}

export type LessonStep =
  | { readonly kind: 'wrote'; readonly type: string; readonly streamId: string; readonly position: number }
  | {
      readonly kind: 'read'
      /** `stale`: without the write; `fresh`: with it, at once; `waited`: with it, as it was told to wait; `later`: after it had caught up. */
      readonly how: 'stale' | 'fresh' | 'waited' | 'later'
      readonly checkpoint: number
      readonly position: number
      /** Since the write was acknowledged. */
      readonly afterMs: number
      readonly row: Json | undefined
    }
  | { readonly kind: 'refused'; readonly message: string }

/**
 * Writes, and reads at once. Without read-your-writes the read may be stale: then it is read again when the read side
 * has caught up. With it, the read is told the position of the write and waits.
 */
export async function runLesson(
  ports: LessonPorts,
  readYourWrites: boolean,
  onStep: (step: LessonStep) => void,
): Promise<void> {
  try {
    const { type, streamId, position } = await ports.write()
    const wroteAt = ports.now()
    onStep({ kind: 'wrote', type, streamId, position })
    const read = async (wait: boolean, fresh: 'fresh' | 'waited' | 'later') => {
      const { checkpoint, row } = await ports.read(streamId, wait ? position : null)
      const how = checkpoint < position ? 'stale' : fresh
      onStep({ kind: 'read', how, checkpoint, position, afterMs: Math.round(ports.now() - wroteAt), row })
      return how
    }
    if (readYourWrites) {
      await read(true, 'waited')
      return
    }
    if ((await read(false, 'fresh')) !== 'stale') return
    await ports.reached(position)
    await read(false, 'later')
  } catch (error) {
    onStep({ kind: 'refused', message: error instanceof Error ? error.message : String(error) })
  }
}
