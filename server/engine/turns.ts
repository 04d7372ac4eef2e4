import type { ErrorCode } from '@/core/errors'
import { WorkbenchError } from '@/core/errors'

export interface TurnsOptions {
  /** Whether the loop has anything to do. */
  readonly hasWork: () => boolean
  /** Does what there is to do, and returns; it looks at `isWanted` and `stopped` between two pieces of work. */
  readonly loop: () => Promise<void>
  /** Told what the loop ended with. */
  readonly onError: (error: unknown) => void
  /** What somebody is refused with who waited for a turn that does not come any more. */
  readonly refusal: { readonly code: ErrorCode; readonly message: string }
}

/**
 * A loop that others take turns with: it is woken when there may be something to do, runs once at a time, and stands
 * still while somebody does something of their own.
 */
export class Turns {
  private running: Promise<unknown> | null = null
  private again = false
  private timer: NodeJS.Timeout | null = null
  private waiting = 0
  private ended = false

  constructor(private readonly options: TurnsOptions) {}

  get stopped(): boolean {
    return this.ended
  }

  /** Somebody waits for a turn. */
  get isWanted(): boolean {
    return this.waiting > 0
  }

  /** There may be something new. */
  wake(): void {
    if (this.ended || !this.options.hasWork()) return
    if (this.running) {
      this.again = true
      return
    }
    this.running = this.options
      .loop()
      .catch(this.options.onError)
      .finally(() => {
        this.running = null
        if (!this.again) return
        this.again = false
        this.wake()
      })
  }

  /** Wakes it after a while; the latest alarm is the one that counts. */
  alarm(afterMs: number): void {
    this.silence()
    if (!this.ended) this.timer = setTimeout(() => this.wake(), afterMs)
  }

  /**
   * Waits for the piece of work under way, then does something of its own; the loop stands still meanwhile.
   * @throws {WorkbenchError} the refusal, when it was stopped while this waited
   */
  async take<T>(work: () => Promise<T>): Promise<T> {
    this.waiting += 1
    while (this.running) await this.running
    this.waiting -= 1
    const { code, message } = this.options.refusal
    if (this.ended) throw new WorkbenchError(code, message)
    this.silence()
    const doing = work()
    this.running = doing.then(
      () => undefined,
      () => undefined,
    )
    try {
      return await doing
    } finally {
      this.running = null
      // Whatever came of it: the alarm that was cleared, and what came in meanwhile, are not forgotten.
      this.again = false
      this.wake()
    }
  }

  /** Takes nothing more. */
  stop(): void {
    this.ended = true
    this.silence()
  }

  /** Takes nothing more; resolves when nothing of it is under way. */
  async close(): Promise<void> {
    this.stop()
    while (this.running) await this.running
  }

  private silence(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }
}
