/** Parts of the address by their names; null: it is not in it. */
export type SearchParts = Readonly<Record<string, string | null>>

/** Longer than what was written takes to be told of, on a busy machine. */
const TOLD_WITHIN_MS = 3_000

/**
 * What a page has written into its own address, until it is told of it. That comes late, and not of every change: it may
 * come when another has been written already.
 */
export class WrittenParts {
  private written: { readonly parts: SearchParts; readonly at: number }[] = []

  constructor(private readonly now: () => number = () => performance.now()) {}

  add(parts: SearchParts): void {
    this.written = [...this.lately(), { parts, at: this.now() }]
  }

  /** Whether the part is as it was written here and not yet told; with it, what was written before is told. */
  takes(name: string, value: string | null): boolean {
    const lately = this.lately()
    const found = lately.findIndex(({ parts }) => parts[name] === value)
    this.written = lately.slice(found + 1)
    return found >= 0
  }

  private lately() {
    const since = this.now() - TOLD_WITHIN_MS
    return this.written.filter(({ at }) => at >= since)
  }
}
