export type Labels = Readonly<Record<string, string>>

/** One value of a family, under its labels. */
export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** A histogram under its labels: `counts[i]` is how many lay at or below `bounds[i]`, and the last how many above all. */
export interface Distribution {
  readonly labels: Labels
  readonly bounds: readonly number[]
  readonly counts: readonly number[]
  readonly sum: number
  readonly count: number
}

/** All that is known of one metric at a moment. */
export type Family = { readonly name: string; readonly help: string } & (
  | { readonly type: 'counter' | 'gauge'; readonly samples: readonly Sample[] }
  | { readonly type: 'histogram'; readonly distributions: readonly Distribution[] }
)

export interface Counter {
  add(labels?: Labels, by?: number): void
}
export interface Histogram {
  observe(value: number, labels?: Labels): void
}

/**
 * Different label values one metric may have. Labels are bounded by what they are made from; this is the net beneath:
 * what comes after is counted under `other`.
 */
export const MOST_SERIES = 500

/**
 * The metrics of one process. Of our own, because what stands in it goes out in two ways (text for Prometheus, OTLP), and
 * a library for one of them would have to be read out and translated for the other.
 */
export class Registry {
  private readonly families = new Map<string, () => Family | Promise<Family>>()
  /** Epoch ms since which counters count. */
  readonly startedAt = Date.now()

  /**
   * @param name ends in `_total`
   * @param known label sets that stand at zero before anything happens, so that a first time is seen as a rise
   */
  counter(name: string, help: string, known: readonly Labels[] = []): Counter {
    const series = new Series<{ labels: Labels; value: number }>((labels) => ({ labels, value: 0 }))
    for (const labels of known) series.at(labels)
    this.register(name, () => ({ name, help, type: 'counter', samples: series.all }))
    return {
      add(labels = NO_LABELS, by = 1) {
        series.at(labels).value += by
      },
    }
  }

  /** Read when somebody asks. */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>): void {
    this.register(name, async () => {
      // What cannot be read now, of a locked database say, is left out; the rest is told.
      const reading = await Promise.resolve()
        .then(read)
        .catch(() => [])
      return { name, help, type: 'gauge', samples: samplesOf(reading) }
    })
  }

  /** A counter that somebody else counts. */
  counted(name: string, help: string, read: () => Reading): void {
    this.register(name, () => ({ name, help, type: 'counter', samples: samplesOf(read()) }))
  }

  /** @param bounds ascending, in the unit that the name ends in */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    const series = new Series((labels) => ({
      labels,
      bounds,
      counts: new Array<number>(bounds.length + 1).fill(0),
      sum: 0,
      count: 0,
    }))
    this.register(name, () => ({ name, help, type: 'histogram', distributions: series.all }))
    return {
      observe(value, labels = NO_LABELS) {
        const one = series.at(labels)
        let bucket = 0
        while (bucket < bounds.length && value > (bounds[bucket] ?? 0)) bucket += 1
        one.counts[bucket] = (one.counts[bucket] ?? 0) + 1
        one.sum += value
        one.count += 1
      },
    }
  }

  /** Everything as it is now, in the order in which it was registered. */
  read(): Promise<readonly Family[]> {
    return Promise.all([...this.families.values()].map((read) => read()))
  }

  private register(name: string, read: () => Family | Promise<Family>): void {
    if (this.families.has(name)) throw new Error(`there are two metrics ${name}`)
    this.families.set(name, read)
  }
}

/** A gauge without labels is a number. */
export type Reading = number | readonly Sample[]

const NO_LABELS: Labels = {}
const samplesOf = (reading: Reading): readonly Sample[] =>
  typeof reading === 'number' ? [{ labels: NO_LABELS, value: reading }] : reading

/** What one metric has for each set of labels. The same object of labels is found without reading it. */
class Series<T> {
  private readonly byText = new Map<string, T>()
  private readonly byObject = new WeakMap<Labels, T>()

  constructor(private readonly create: (labels: Labels) => T) {}

  get all(): readonly T[] {
    return [...this.byText.values()]
  }

  at(labels: Labels): T {
    const known = this.byObject.get(labels)
    if (known) return known
    const found = this.find(labels)
    this.byObject.set(labels, found)
    return found
  }

  private find(labels: Labels): T {
    const text = JSON.stringify(labels)
    const known = this.byText.get(text)
    if (known) return known
    if (this.byText.size >= MOST_SERIES && !isOther(labels))
      return this.find(Object.fromEntries(Object.keys(labels).map((name) => [name, 'other'])))
    const made = this.create(labels)
    this.byText.set(text, made)
    return made
  }
}

const isOther = (labels: Labels): boolean => Object.values(labels).every((value) => value === 'other')
