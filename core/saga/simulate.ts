import type { Latency, Operation } from '../design/service'
import { randomAt } from '../random'
import { assertNever } from '../result'
import type { StepError } from './events'

/**
 * What a simulated call does, drawn from the run's seed: how long it takes, and whether it fails with one of the
 * errors its contract names. The same attempt of the same run always draws the same.
 * @param key where in which run: seed, node, phase, attempt
 * @returns latency in whole ms, and the error or null
 */
export function drawCall(
  operation: Operation,
  key: readonly (string | number)[],
): { readonly latencyMs: number; readonly error: StepError | null } {
  const latencyMs = drawLatencyMs(operation.latency, randomAt(...key, 'latency'))
  let roll = randomAt(...key, 'error')
  for (const error of operation.errors) {
    if (roll < error.probability) {
      return {
        latencyMs,
        error: {
          code: error.name,
          message: error.description ?? `${operation.id} answered ${error.name}`,
          kind: error.kind,
        },
      }
    }
    roll -= error.probability
  }
  return { latencyMs, error: null }
}

/** 99 % quantile of the standard normal distribution. */
const Z99 = 2.3263478740408408

/** @param random in [0, 1) */
export function drawLatencyMs(latency: Latency, random: number): number {
  switch (latency.type) {
    case 'fixed':
      return latency.ms
    case 'uniform':
      return Math.round(latency.minMs + (latency.maxMs - latency.minMs) * random)
    case 'lognormal': {
      if (latency.medianMs <= 0 || latency.p99Ms <= latency.medianMs) return latency.medianMs
      const sigma = Math.log(latency.p99Ms / latency.medianMs) / Z99
      return Math.round(
        latency.medianMs * Math.exp(sigma * normalQuantile(Math.min(Math.max(random, 1e-6), 1 - 1e-6))),
      )
    }
    default:
      return assertNever(latency)
  }
}

/**
 * Inverse of the standard normal distribution, by Winitzki's approximation of erf⁻¹: within 0.3 % of the quantile,
 * which is far below what anyone sees in a simulated latency.
 */
function normalQuantile(probability: number): number {
  const x = 2 * probability - 1
  const a = 0.147
  const log = Math.log(1 - x * x)
  const half = 2 / (Math.PI * a) + log / 2
  return Math.SQRT2 * Math.sign(x) * Math.sqrt(Math.sqrt(half * half - log / a) - half)
}
