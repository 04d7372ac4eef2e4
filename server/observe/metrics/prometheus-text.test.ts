import { describe, expect, it } from 'vitest'
import { parsePrometheus } from './prometheus-testing'
import { prometheusText } from './prometheus-text'
import { MOST_SERIES, Registry } from './registry'

const scrape = async (registry: Registry) => parsePrometheus(prometheusText(await registry.read()))

describe('metrics as Prometheus reads them', () => {
  it('are counters, gauges and histograms, with what their labels say', async () => {
    const registry = new Registry()
    const counter = registry.counter('things_total', 'Things.', [{ kind: 'seen' }])
    counter.add({ kind: 'new' }, 3)
    registry.gauge('open_things', 'Open ones.', () => 2.5)
    const seconds = registry.histogram('thing_seconds', 'How long.', [0.1, 1])
    for (const value of [0.05, 0.1, 0.5, 7]) seconds.observe(value)
    const { families, value } = await scrape(registry)
    expect([...families.values()].map(({ type }) => type)).toEqual(['counter', 'gauge', 'histogram'])
    expect(value('things_total', { kind: 'new' })).toBe(3)
    expect(value('things_total', { kind: 'seen' })).toBe(0)
    expect(value('open_things')).toBe(2.5)
    expect(value('thing_seconds_bucket', { le: '0.1' })).toBe(2)
    expect(value('thing_seconds_bucket', { le: '1' })).toBe(3)
    expect(value('thing_seconds_bucket', { le: '+Inf' })).toBe(4)
    expect(value('thing_seconds_sum')).toBeCloseTo(7.65)
    expect(value('thing_seconds_count')).toBe(4)
  })

  it('keep quotes, backslashes and line ends of labels and help', async () => {
    const registry = new Registry()
    const name = 'a "b" \\ c\nd'
    registry.counter('odd_total', 'One\\two\nthree').add({ name })
    expect((await scrape(registry)).value('odd_total', { name })).toBe(1)
  })

  it('tell of numbers that are none', async () => {
    const registry = new Registry()
    registry.gauge('nan', 'None.', () => Number.NaN)
    registry.gauge('least', 'Least.', () => Number.NEGATIVE_INFINITY)
    const { value } = await scrape(registry)
    expect([value('nan'), value('least')]).toEqual([Number.NaN, Number.NEGATIVE_INFINITY])
  })

  it('have at most so many series: what comes after is counted together', async () => {
    const registry = new Registry()
    const counter = registry.counter('wild_total', 'Wild.')
    for (let n = 0; n < MOST_SERIES + 50; n++) counter.add({ value: `v${n}` })
    const { families, value } = await scrape(registry)
    expect(families.get('wild_total')?.samples).toHaveLength(MOST_SERIES + 1)
    expect(value('wild_total', { value: 'other' })).toBe(50)
  })

  it('leave out a gauge that cannot be read, and tell the rest', async () => {
    const registry = new Registry()
    registry.gauge('locked', 'Locked.', () => Promise.reject(new Error('locked')))
    registry.gauge('broken', 'Broken.', () => {
      throw new Error('broken')
    })
    registry.gauge('fine', 'Fine.', () => 1)
    const { families, value } = await scrape(registry)
    expect([families.get('locked')?.samples, families.get('broken')?.samples]).toEqual([[], []])
    expect(value('fine')).toBe(1)
  })

  it('are one of a name', () => {
    const registry = new Registry()
    registry.counter('twice_total', 'Once.')
    expect(() => registry.gauge('twice_total', 'Again.', () => 0)).toThrow(
      'there are two metrics twice_total',
    )
  })

  it.each([
    ['a sample before its family', 'x 1\n'],
    ['a family twice', '# HELP x X\n# TYPE x gauge\nx 1\n# HELP x X\n'],
    ['a series twice', '# HELP x X\n# TYPE x gauge\nx 1\nx 2\n'],
    ['a label without quotes', '# HELP x X\n# TYPE x gauge\nx{a=1} 1\n'],
    ['a quote in a label', '# HELP x X\n# TYPE x gauge\nx{a="b"c"} 1\n'],
    ['a line that does not end', '# HELP x X\n# TYPE x gauge\nx 1'],
    [
      'buckets that fall',
      '# HELP x X\n# TYPE x histogram\nx_bucket{le="1"} 2\nx_bucket{le="+Inf"} 1\nx_count 1\n',
    ],
  ])('the reader of these tests refuses %s', (_, text) => {
    expect(() => parsePrometheus(text)).toThrow()
  })
})
