import type { DecidedEvent } from '../saga/events'
import type { SagaPlan } from '../saga/plan'
import type { SagaRejection, Stimulus } from '../saga/stimulus'
import { type Position, START, take } from './transition'

/** A run in memory as it goes: what was decided so far, in order, and where that leaves it. */
export class Course {
  readonly events: DecidedEvent[] = []
  private current: Position = START

  constructor(readonly plan: SagaPlan) {}

  get position(): Position {
    return this.current
  }

  /** @returns why it was refused, and changes nothing; or undefined */
  happens(stimulus: Stimulus): SagaRejection | undefined {
    const next = take(this.plan, this.current, stimulus)
    if (!next.ok) return next.error
    this.current = next.value.position
    // One by one: a decision may have more events than a call may have arguments.
    for (const event of next.value.events) this.events.push(event)
    return undefined
  }
}
