import { isWorkbenchError } from '@/core/errors'
import type { RecordedEvent } from '@/core/log/event'
import type { PolicyDelivery } from '@/core/policy/delivery'
import { LIMITS } from '../limits'
import type { PolicyState, Store } from '../store/contract'
import { isPassingFault } from '../store/passing-fault'
import { type DeliveryParts, deliver } from './policy-delivery'
import { Turns } from './turns'

export interface PolicyRunnerParts extends DeliveryParts {
  readonly store: Store
  readonly onChange: (state: PolicyState) => void
  readonly onDefect: (error: unknown) => void
}

/** What a delivery may meet that is gone in a while: it is given again, and nobody has to look at it. */
const isPassing = (error: unknown): boolean =>
  isPassingFault(error) ||
  (isWorkbenchError(error) && (error.code === 'TOO_MANY_REQUESTS' || error.code === 'COMMAND_CONFLICT'))

/**
 * Gives one policy its events, in the order of the log and one at a time. What it does is on disk before the checkpoint
 * moves, so a crash in between gives the event again, and that does nothing new. One loop at a time.
 */
export class PolicyRunner {
  private readonly turns = new Turns({
    hasWork: () => this.current.status === 'running',
    loop: () => this.loop(),
    onError: (error) => this.tryAgain(error),
    refusal: {
      code: 'POLICY_ACTION_REFUSED',
      message: 'The design of this policy has just been changed. Do it again.',
    },
  })
  /** How far the log holds nothing more for it; on disk that is noted from time to time only. */
  private scanned = 0

  constructor(
    private readonly parts: PolicyRunnerParts,
    private current: PolicyState,
  ) {}

  get state(): PolicyState {
    return this.current
  }

  get listensFor(): string {
    return this.parts.policy.on
  }

  /** There may be something new. */
  wake(): void {
    this.turns.wake()
  }

  /** The log has come this far with nothing for it. */
  passed(position: number): void {
    if (position - Math.max(this.current.checkpoint, this.scanned) >= LIMITS.policyReadAgain) this.wake()
  }

  /** Takes nothing more; the event that is being given is given to its end. */
  async pause(): Promise<void> {
    await this.turns.take(() => this.change({ status: 'paused' }))
  }

  /** Goes on; from a fault with the event that it stopped at. */
  async resume(): Promise<void> {
    await this.turns.take(() => this.change({ status: 'running', fault: null }))
  }

  /** Passes over the event that it stopped at. */
  async skip(): Promise<void> {
    await this.turns.take(async () => {
      const { fault } = this.current
      // Null once somebody else has dealt with it.
      if (!fault) return
      const { position, streamId, version, type } = fault
      const skipped = {
        position,
        streamId,
        version,
        type,
        at: Date.now(),
        result: { outcome: 'skipped' },
      } as const
      await this.change({
        status: 'running',
        fault: null,
        checkpoint: position,
        recent: this.withRecent([skipped]),
      })
    })
  }

  /** Resolves when nothing of it is under way. */
  close(): Promise<void> {
    return this.turns.close()
  }

  private async loop(): Promise<void> {
    const { events, imports } = this.parts.store
    while (!this.turns.stopped && this.current.status === 'running') {
      const { designId, type, checkpoint } = this.current
      const head = await events.head()
      // What came with a file happened elsewhere, and was reacted to there.
      const from = Math.max(checkpoint, this.scanned, imports.importedTo(designId))
      const batch = await events.readAll(from, {
        designId,
        types: [type],
        limit: LIMITS.policyBatch,
      })
      for (const event of batch) {
        if (this.turns.stopped || this.turns.isWanted) return
        if (!(await this.give(event))) return
      }
      if (batch.length > 0) continue
      this.scanned = Math.max(this.scanned, head)
      // What is read again at the next start is bounded, however seldom there is something for it.
      if (head - checkpoint >= LIMITS.policyReadAgain) await this.change({ checkpoint: head })
      return
    }
  }

  /** @returns false when it stops here */
  private async give(event: RecordedEvent): Promise<boolean> {
    const { position, streamId, version, type } = event
    const delivered = await deliver(this.parts, event)
    // Whoever has taken over gives it again: nothing may be said of it here.
    if (this.turns.stopped && !delivered.ok) return false
    if (!delivered.ok) {
      await this.change({ status: 'faulted', fault: delivered.error })
      return false
    }
    const delivery = { position, streamId, version, type, at: Date.now(), result: delivered.value }
    return this.change({ checkpoint: position, recent: this.withRecent([delivery]) })
  }

  private withRecent(deliveries: readonly PolicyDelivery[]): readonly PolicyDelivery[] {
    return [...deliveries, ...this.current.recent].slice(0, LIMITS.policyRecent)
  }

  /** @returns false when the policy has gone meanwhile, or listens for something else */
  private async change(change: Partial<PolicyState>): Promise<boolean> {
    const next = { ...this.current, ...change }
    if (!(await this.parts.store.policies.save(next))) {
      this.turns.stop()
      return false
    }
    this.current = next
    this.parts.onChange(next)
    return true
  }

  private tryAgain(error: unknown): void {
    if (this.turns.stopped) return
    if (!isPassing(error)) this.parts.onDefect(error)
    this.turns.alarm(LIMITS.policyRetryMs)
  }
}
