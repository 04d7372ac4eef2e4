/** Something that is due, and when. */
interface Due {
  readonly at: number
  /** Things due at one time happen in the order they were asked for. */
  readonly order: number
  readonly job: () => Promise<void>
}

/** What is to come in virtual time. Time stands while work is under way, and then jumps to what is due first. */
export class Agenda {
  private readonly waiting = new Set<Due>()
  private readonly work: (() => Promise<void>)[] = []
  private asked = 0

  /** Work that is to be done now, after what was begun before it: the same run then has the same events. */
  begin(job: () => Promise<void>): void {
    this.work.push(job)
  }

  /** @returns calls it off */
  at(at: number, job: () => Promise<void>): () => void {
    const due: Due = { at, order: this.asked++, job }
    this.waiting.add(due)
    return () => void this.waiting.delete(due)
  }

  nextWork(): (() => Promise<void>) | undefined {
    return this.work.shift()
  }

  nextDue(): Due | undefined {
    let next: Due | undefined
    for (const due of this.waiting)
      if (!next || due.at < next.at || (due.at === next.at && due.order < next.order)) next = due
    if (next) this.waiting.delete(next)
    return next
  }

  /** Forgets everything: what a crash leaves. */
  clear(): void {
    this.waiting.clear()
    this.work.length = 0
  }
}
