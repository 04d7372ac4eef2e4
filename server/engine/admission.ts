import { WorkbenchError } from '@/core/errors'
import type { RunLimits } from '../limits'
import type { FairSlots } from './fair-slots'

/** Takes new runs while what has been taken is kept up with. */
export class Admission {
  /** Runs whose first events are not on disk yet, by design. */
  private readonly starting = new Map<string, number>()
  private allStarting = 0

  constructor(
    private readonly slots: FairSlots,
    private readonly limits: Pick<RunLimits, 'backlog' | 'backlogPerDesign'>,
  ) {}

  /** @throws {WorkbenchError} TOO_MANY_REQUESTS, with `retryAfterSeconds`; nothing was begun */
  async admit<T>(designId: string, start: () => Promise<T>): Promise<T> {
    const { backlog, backlogPerDesign } = this.limits
    const own = this.starting.get(designId) ?? 0
    if (this.slots.waiting(designId) + own >= backlogPerDesign)
      throw refusal('Work of this design', this.slots.drainsInSeconds(designId))
    if (this.slots.waiting() + this.allStarting >= backlog)
      throw refusal('Work', this.slots.drainsInSeconds())
    this.count(designId, 1)
    try {
      return await start()
    } finally {
      this.count(designId, -1)
    }
  }

  private count(designId: string, by: 1 | -1): void {
    const own = (this.starting.get(designId) ?? 0) + by
    if (own === 0) this.starting.delete(designId)
    else this.starting.set(designId, own)
    this.allStarting += by
  }
}

function refusal(what: string, retryAfterSeconds: number): WorkbenchError {
  const message = `${what} is waiting to begin, too much of it for another run to be taken. Try again in ${retryAfterSeconds} s.`
  return new WorkbenchError('TOO_MANY_REQUESTS', message, { retryAfterSeconds })
}
