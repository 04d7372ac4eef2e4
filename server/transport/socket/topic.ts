import { isWorkbenchError } from '@/core/errors'
import type { TopicClosed, TopicEvents } from '@/core/protocol'
import { LIMITS } from '../../limits'
import type { Backlog } from './backlog'
import type { TopicSource, Unit } from './source'

/** One socket on one topic. */
export interface Listener {
  readonly backlog: Backlog
  send(message: TopicEvents): void
  /** Enters and leaves the room: what is sent to it is serialised once, whoever is in it. */
  enter(): void
  leave(): void
  /** The topic is no more: nothing comes after this. */
  end(error: TopicClosed['error']): void
}

interface Seat {
  readonly listener: Listener
  position: number
  state: 'behind' | 'reading' | 'waiting' | 'live' | 'gone'
  /** Must be told how things are before it goes live. */
  untold: boolean
}

export interface TopicParts {
  readonly name: string
  readonly designId: string
  readonly source: TopicSource
  /** Sends to everyone in the room. */
  readonly toRoom: (message: TopicEvents) => void
  readonly onDefect: (error: unknown) => void
  /** Where an event stands, for topics whose events each have a place. */
  readonly positionOf?: (event: unknown) => number
  /** Two units as one, for topics that tell of rows. */
  readonly merge?: (first: Unit, second: Unit) => Unit
}

/** Waits before it asks the store again. */
const RETRY_MS = 200

/**
 * One topic and everyone on it. Who is up to date sits in the room and hears what is new, once a batch; everyone else
 * reads the log up to where the room is and then goes in. Both happen in one thread and the going in is decided in one
 * turn, so there is no seam to lose an event in or to hear one twice.
 */
export class Topic {
  private readonly seats = new Map<Listener, Seat>()
  /** What is new and not sent yet, ascending. */
  private pending: Unit[] = []
  /** What the room has. Null until it is known. */
  private sentTo: number | null = null
  private timer: NodeJS.Timeout | null = null
  private lastFlush = 0

  constructor(private readonly parts: TopicParts) {}

  get designId(): string {
    return this.parts.designId
  }

  get isEmpty(): boolean {
    return this.seats.size === 0
  }

  get size(): number {
    return this.seats.size
  }

  /** @param after where the listener stands; it hears everything behind that */
  add(listener: Listener, after: number): void {
    const seat: Seat = {
      listener,
      position: after,
      state: 'behind',
      untold: this.parts.source.kind === 'rows',
    }
    this.seats.set(listener, seat)
    if (this.sentTo === null) this.findOut()
    else void this.bringUp(seat)
  }

  remove(listener: Listener): void {
    const seat = this.seats.get(listener)
    this.seats.delete(listener)
    if (seat?.state === 'live') listener.leave()
    if (seat) seat.state = 'gone'
  }

  /** Something new, from the log. */
  push(told: Unit): void {
    const unit = this.unsent(told)
    if (!unit) return
    const last = this.pending.at(-1)
    if (last && this.parts.merge) this.pending[this.pending.length - 1] = this.parts.merge(last, unit)
    else this.pending.push(unit)
    if (this.timer) return
    const wait = Math.max(0, this.lastFlush + LIMITS.socketBatchMs - performance.now())
    this.timer = setTimeout(() => this.flush(), wait)
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer)
    for (const listener of [...this.seats.keys()]) this.remove(listener)
  }

  /** What it told of is gone, and who listened is told so. */
  end(error: TopicClosed['error']): void {
    const listeners = [...this.seats.keys()]
    this.close()
    for (const listener of listeners) listener.end(error)
  }

  /** The topic takes what comes from now on, so what is there now is all that must be read. */
  private findOut(): void {
    this.parts.source.position().then(
      (position) => {
        this.sentTo ??= position
        this.pending = this.pending.flatMap((unit) => {
          if (this.parts.merge) return unit
          return unit.position > position ? (this.unsent(unit) ?? []) : []
        })
        this.bringUpAll()
      },
      (error: unknown) => this.again(error, () => this.sentTo === null && this.findOut()),
    )
  }

  /**
   * A topic that is asked for while the log's feed is behind (a long log was just imported) begins where the disk is: what
   * the feed then tells has been read already, by whoever came.
   */
  private unsent(unit: Unit): Unit | null {
    const { positionOf } = this.parts
    const { sentTo } = this
    if (!positionOf || sentTo === null || unit.from > sentTo) return unit
    const events = unit.events.filter((event) => positionOf(event) > sentTo)
    const [first] = events
    return first === undefined ? null : { ...unit, events, from: positionOf(first) }
  }

  private flush(): void {
    this.timer = null
    this.lastFlush = performance.now()
    if (this.sentTo !== null) {
      const units = this.pending
      this.pending = []
      for (const batch of batches(units)) this.sendBatch(batch)
    }
    this.bringUpAll()
  }

  private sendBatch({ events, position }: Unit): void {
    let listening = 0
    for (const seat of this.seats.values()) {
      if (seat.state !== 'live') continue
      if (seat.listener.backlog.isTooLong()) this.dismiss(seat)
      else {
        listening += 1
        seat.listener.backlog.sent(events.length)
      }
    }
    if (listening > 0) this.parts.toRoom({ topic: this.parts.name, events, position })
    this.sentTo = position
  }

  /** Too slow for the room: it goes on from here once it has taken what it was sent. */
  private dismiss(seat: Seat): void {
    seat.listener.leave()
    seat.state = 'behind'
    // How the rows changed meanwhile is nowhere to be read: it reads them all again.
    seat.untold = this.parts.source.kind === 'rows'
    seat.position = seat.untold ? -1 : (this.sentTo ?? 0)
  }

  private bringUpAll(): void {
    for (const seat of this.seats.values()) if (seat.state === 'behind') void this.bringUp(seat)
  }

  private async bringUp(seat: Seat): Promise<void> {
    while (seat.state === 'behind' && !this.admit(seat)) {
      if (this.sentTo === null || (!seat.untold && seat.position >= this.sentTo)) return
      if (seat.listener.backlog.isTooLong()) {
        seat.state = 'waiting'
        seat.listener.backlog.whenGone(() => this.goOn(seat))
        return
      }
      if (!(await this.readOn(seat))) return
    }
  }

  /** @returns false when there is nothing to read, or not now */
  private async readOn(seat: Seat): Promise<boolean> {
    const { name, source } = this.parts
    seat.state = 'reading'
    const page = await source.read(seat.position).catch((error: unknown) => {
      this.again(error, () => this.goOn(seat))
      return null
    })
    if (!page || hasGone(seat)) return false
    seat.state = 'behind'
    const { events, position } = page
    const moved = position > seat.position || seat.untold
    seat.position = position
    seat.untold = false
    if (events.length > 0) {
      seat.listener.backlog.sent(events.length)
      seat.listener.send({ topic: name, events, position })
    }
    return moved
  }

  private goOn(seat: Seat): void {
    if (hasGone(seat)) return
    seat.state = 'behind'
    void this.bringUp(seat)
  }

  /** Into the room, when what the room hears next is exactly what the listener lacks. */
  private admit(seat: Seat): boolean {
    if (this.sentTo === null || seat.untold) return false
    if (this.parts.source.kind === 'log') {
      const settled = Math.max(this.sentTo, this.parts.source.settled() ?? 0)
      const next = this.pending[0]?.from ?? Number.POSITIVE_INFINITY
      if (seat.position < this.sentTo || seat.position > settled || seat.position >= next) return false
    }
    seat.state = 'live'
    seat.listener.enter()
    return true
  }

  /** A topic that is gone stays silent; anything else passes, or is ours. */
  private again(error: unknown, retry: () => void): void {
    if (isWorkbenchError(error) && error.code.endsWith('_NOT_FOUND')) return
    if (!isWorkbenchError(error)) this.parts.onDefect(error)
    setTimeout(() => {
      if (!this.isEmpty) retry()
    }, RETRY_MS).unref()
  }
}

/** A read of its own, for the compiler: the state changes while something is awaited. */
const hasGone = (seat: Seat): boolean => seat.state === 'gone'

/** Units joined into messages of a bounded size. */
function* batches(units: readonly Unit[]): Generator<Unit> {
  let batch: Unit | null = null
  for (const unit of units) {
    if (batch && batch.events.length + unit.events.length > LIMITS.socketMessageEvents) {
      yield batch
      batch = null
    }
    batch = batch
      ? { events: [...batch.events, ...unit.events], from: batch.from, position: unit.position }
      : unit
  }
  if (batch) yield batch
}
