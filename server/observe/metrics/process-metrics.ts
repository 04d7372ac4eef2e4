import { VERSION } from '../../queries/health'
import type { Registry } from './registry'

/** How often the event loop is looked at. */
const LOOK_MS = 50
const DELAY_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5]

/**
 * What the process uses, and how late its event loop is.
 * @returns stops looking
 */
export function processMetrics(registry: Registry): () => void {
  const delay = registry.histogram(
    'workbench_event_loop_delay_seconds',
    `How late a timer of ${LOOK_MS} ms fired, looked at all the time.`,
    DELAY_BOUNDS,
  )
  let due = performance.now() + LOOK_MS
  const timer = setInterval(() => {
    const now = performance.now()
    delay.observe(Math.max(0, now - due) / 1000)
    due = now + LOOK_MS
  }, LOOK_MS)
  timer.unref()

  registry.gauge('workbench_info', 'The version that runs.', () => [
    { labels: { version: VERSION, node: process.versions.node }, value: 1 },
  ])
  registry.gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  registry.gauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed)
  registry.gauge(
    'nodejs_external_memory_bytes',
    'Memory of objects outside of the heap.',
    () => process.memoryUsage().external,
  )
  registry.counted('process_cpu_seconds_total', 'CPU time, user and system.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  registry.gauge('process_start_time_seconds', 'When it started, as seconds since 1970.', () =>
    Math.round(Date.now() / 1000 - process.uptime()),
  )
  return () => clearInterval(timer)
}
