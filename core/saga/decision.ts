import type { DecidedEvent, SagaEvent } from './events'
import { evolve } from './evolve'
import type { SagaPlan } from './plan'
import type { SagaState } from './state'

/** Events that only begin something: what follows them in one decision was not caused by them. */
const BEGINNINGS: ReadonlySet<SagaEvent['type']> = new Set([
  'StepStarted',
  'CompensationStarted',
  'TimerSet',
  'ApprovalRequested',
  'SignalAwaited',
])

/**
 * One decision under way: events so far and the state after them. It is the only mutable thing in the interpreter and
 * never leaves `decide`.
 */
export class Decision {
  readonly events: DecidedEvent[] = []
  private cause: number

  constructor(
    readonly plan: SagaPlan,
    private current: SagaState,
    readonly at: number,
    cause: number,
  ) {
    this.cause = cause
  }

  get state(): SagaState {
    return this.current
  }

  emit(event: SagaEvent): void {
    const { type, data } = event
    // They are of one event, which is lost on TypeScript once it is taken apart.
    this.events.push({ type, data, cause: this.cause } as DecidedEvent)
    this.current = evolve(this.plan, this.current, event)
    if (!BEGINNINGS.has(event.type)) this.cause = this.current.seq
  }
}
