/** A scrape as Prometheus reads it. */
export interface ParsedMetrics {
  readonly families: ReadonlyMap<string, ParsedFamily>
  /** The value of one series; undefined when there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined
}

export interface ParsedFamily {
  readonly type: string
  readonly help: string
  readonly samples: readonly ParsedSample[]
}

export interface ParsedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const HEAD = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`)
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (NaN|[+-]Inf|[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)$`)
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/gy

/**
 * Reads the text format 0.0.4 as strictly as it is written down: a family's help and type come once, before its samples,
 * and its samples stand together; a series is there once; buckets of a histogram rise to its count.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @throws {Error} naming the line
 */
export function parsePrometheus(text: string): ParsedMetrics {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const families = new Map<string, { type: string; help: string; samples: ParsedSample[] }>()
  const seen = new Set<string>()
  let current = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const head = HEAD.exec(line)
    if (head) {
      const [, word = '', name = '', rest = ''] = head
      if (word === 'HELP') {
        if (families.has(name)) throw new Error(`a second family: ${line}`)
        families.set(name, { type: 'untyped', help: rest, samples: [] })
        current = name
      } else {
        const family = families.get(name)
        if (name !== current || !family || family.samples.length > 0)
          throw new Error(`a type out of place: ${line}`)
        if (!/^(counter|gauge|histogram)$/.test(rest)) throw new Error(`no such type: ${line}`)
        family.type = rest
      }
      continue
    }
    const [, name, labelText, value] = SAMPLE.exec(line) ?? []
    const family = families.get(current)
    if (name === undefined || !family) throw new Error(`no sample: ${line}`)
    const bare = family.type === 'histogram' ? name.replace(/_(bucket|sum|count)$/, '') : name
    if (bare !== current) throw new Error(`a sample of another family: ${line}`)
    const labels = readLabels(labelText ?? '', line)
    const key = `${name} ${JSON.stringify(Object.entries(labels).sort())}`
    if (seen.has(key)) throw new Error(`a series twice: ${line}`)
    seen.add(key)
    family.samples.push({ name, labels, value: Number((value ?? '').replace('Inf', 'Infinity')) })
  }
  for (const [name, family] of families) if (family.type === 'histogram') checkBuckets(name, family.samples)
  const all = [...families.values()].flatMap(({ samples }) => samples)
  return {
    families,
    value: (name, labels = {}) =>
      all.find((one) => one.name === name && sortedText(one.labels) === sortedText(labels))?.value,
  }
}

function readLabels(text: string, line: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {}
  let read = 0
  for (const [whole, name = '', value = ''] of text.matchAll(LABEL)) {
    if (name in labels) throw new Error(`a label twice: ${line}`)
    labels[name] = value.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))
    read += whole.length
  }
  if (read !== text.length) throw new Error(`bad labels: ${line}`)
  return labels
}

function checkBuckets(name: string, samples: readonly ParsedSample[]): void {
  const series = new Map<string, { readonly le: number; readonly value: number }[]>()
  for (const { name: own, labels, value } of samples) {
    const { le, ...rest } = labels
    if (own !== `${name}_bucket`) continue
    const key = sortedText(rest)
    series.set(key, [
      ...(series.get(key) ?? []),
      { le: Number((le ?? '').replace('Inf', 'Infinity')), value },
    ])
  }
  for (const [key, buckets] of series) {
    const count = samples.find((one) => one.name === `${name}_count` && sortedText(one.labels) === key)?.value
    const last = buckets.at(-1)
    const rises = buckets.every(
      ({ le, value }, index) =>
        index === 0 || (le > (buckets[index - 1]?.le ?? 0) && value >= (buckets[index - 1]?.value ?? 0)),
    )
    if (!rises || last?.le !== Number.POSITIVE_INFINITY || last.value !== count)
      throw new Error(`the buckets of ${name}${key} do not rise to its count`)
  }
}

const sortedText = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).sort())
