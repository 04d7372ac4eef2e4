/** A part of what a subscriber has missed. */
export interface Page {
  readonly events: readonly unknown[]
  /** Where the subscriber stands after it. */
  readonly position: number
}

/** What a topic tells, apart from who listens. One for each topic that somebody listens to. */
export interface TopicSource {
  /** Where the topic stands: nobody can have seen more. */
  position(): Promise<number>
  /** What comes after a position, from the log; no events and no later position when there is nothing yet. */
  read(after: number): Promise<Page>
  /**
   * Everything up to here has been handed to the room already, whether it concerned the topic or not. Null when the
   * room's own position is all that is known.
   */
  settled(): number | null
  /**
   * `log`: every event counts, and each is told once. `rows`: tells how things are now; who missed something, or
   * may have, is told to read again, and a message more does no harm.
   */
  readonly kind: 'log' | 'rows'
}

/** What came live: the events of one delivery, never torn apart. */
export interface Unit<E = unknown> {
  readonly events: readonly E[]
  /** Position of its first event. */
  readonly from: number
  /** Position after it. */
  readonly position: number
}
