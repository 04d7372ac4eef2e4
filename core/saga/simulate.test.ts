import { describe, expect, it } from 'vitest'
import { type Operation, operationSchema } from '../design/service'
import { drawCall, drawLatencyMs } from './simulate'

const operation = (parts: object): Operation => operationSchema.parse({ id: 'pay', ...parts })
const DRAWS = 20_000
/** One call in each of many runs: the seed is the run's. */
const calls = (op: Operation) =>
  Array.from({ length: DRAWS }, (_, at) => drawCall(op, [`seed-${at}`, 'node', 'action', 1]))
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? Number.NaN

describe('the latency of a simulated call', () => {
  it('when fixed is always the same', () => {
    expect(
      new Set(calls(operation({ latency: { type: 'fixed', ms: 40 } })).map(({ latencyMs }) => latencyMs)),
    ).toEqual(new Set([40]))
  })

  it('when uniform fills its range evenly', () => {
    const drawn = calls(operation({ latency: { type: 'uniform', minMs: 100, maxMs: 300 } })).map(
      ({ latencyMs }) => latencyMs,
    )
    expect([quantile(drawn, 0), quantile(drawn, 0.9999999)]).toEqual([100, 300])
    // Three standard errors of the mean of 20,000 draws from a range of 200 ms are 1.2 ms.
    expect(Math.abs(drawn.reduce((sum, ms) => sum + ms, 0) / DRAWS - 200)).toBeLessThan(1.5)
  })

  it('when log-normal has the median and the 99 % quantile it says', () => {
    const drawn = calls(operation({ latency: { type: 'lognormal', medianMs: 100, p99Ms: 1000 } })).map(
      ({ latencyMs }) => latencyMs,
    )
    expect(Math.abs(quantile(drawn, 0.5) / 100 - 1)).toBeLessThan(0.05)
    expect(Math.abs(quantile(drawn, 0.99) / 1000 - 1)).toBeLessThan(0.1)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
  })

  it('follows the distribution it names, exactly at its own quantiles', () => {
    const latency = { type: 'lognormal', medianMs: 100, p99Ms: 1000 } as const
    expect(drawLatencyMs(latency, 0.5)).toBe(100)
    expect(Math.abs(drawLatencyMs(latency, 0.99) - 1000)).toBeLessThan(10)
    expect(Math.abs(drawLatencyMs(latency, 0.01) - 10)).toBeLessThanOrEqual(1)
    expect([0, 1 - 2 ** -32].map((random) => Number.isFinite(drawLatencyMs(latency, random)))).toEqual([
      true,
      true,
    ])
  })

  it('a log-normal one whose p99 is no more than its median is just that', () => {
    expect(drawLatencyMs({ type: 'lognormal', medianMs: 100, p99Ms: 50 }, 0.9)).toBe(100)
  })
})

describe('the errors of a simulated call', () => {
  const errors = [
    { name: 'Refused', kind: 'business', probability: 0.2 },
    { name: 'Down', kind: 'technical', probability: 0.05, description: 'the service is down' },
  ]

  it('come as often as they say, each apart from the other', () => {
    const drawn = calls(operation({ errors })).map(({ error }) => error?.code)
    const share = (code: string | undefined) => drawn.filter((found) => found === code).length / DRAWS
    // Three standard errors of a share of 0.2 in 20,000 draws are 0.0085.
    expect(Math.abs(share('Refused') - 0.2)).toBeLessThan(0.0085)
    expect(Math.abs(share('Down') - 0.05)).toBeLessThan(0.005)
    expect(Math.abs(share(undefined) - 0.75)).toBeLessThan(0.01)
  })

  it('carry their kind and what the contract says of them', () => {
    const certain = operation({ errors: [{ ...errors[1], probability: 1 }] })
    expect(drawCall(certain, ['s']).error).toEqual({
      code: 'Down',
      kind: 'technical',
      message: 'the service is down',
    })
  })

  it('with probability 0 never come', () => {
    expect(calls(operation({ errors: [{ name: 'Never', probability: 0 }] })).some(({ error }) => error)).toBe(
      false,
    )
  })

  it('the same attempt of the same run draws the same, another attempt its own', () => {
    const op = operation({ errors, latency: { type: 'uniform', minMs: 0, maxMs: 1_000_000 } })
    const draw = (attempt: number) => drawCall(op, ['s', 'node', 'action', attempt])
    expect(draw(1)).toEqual(draw(1))
    expect(new Set([1, 2, 3, 4, 5].map((attempt) => draw(attempt).latencyMs)).size).toBe(5)
  })
})
