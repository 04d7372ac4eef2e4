import type { Observer } from '../observer'
import type { Registry } from './registry'

/** Seconds. An append here is an fsync or a share of one: a tenth of a millisecond to seconds. */
const APPEND_BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]
const REQUEST_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const CODE_BOUNDS = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1]
/** Rows that shared a commit; the most is `LIMITS.commitRows`. */
const COMMIT_BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])

/** Counts what the log, the sandbox and the interface do. */
export function serverMetrics(registry: Registry): Observer {
  const appended = registry.counter('workbench_events_appended_total', 'Events put on disk.')
  const commitEvents = registry.histogram(
    'workbench_commit_events',
    'Events that shared one commit.',
    COMMIT_BOUNDS,
  )
  const appendSeconds = registry.histogram(
    'workbench_append_duration_seconds',
    'From asking for an append to its acknowledgement, on disk.',
    APPEND_BOUNDS,
  )
  const refused = registry.counter('workbench_appends_refused_total', 'Appends that wrote nothing, by code.')
  const calls = registry.counter('workbench_sandbox_calls_total', 'Calls into the sandbox.')
  const callSeconds = registry.histogram(
    'workbench_sandbox_call_duration_seconds',
    'From asking the sandbox to its answer, its queue included.',
    CODE_BOUNDS,
  )
  const codeFaults = registry.counter(
    'workbench_sandbox_faults_total',
    'Calls of user code that gave no result, by code: a throw, or a limit it met.',
  )
  const requests = registry.counter('workbench_http_requests_total', 'HTTP requests answered.')
  const requestSeconds = registry.histogram(
    'workbench_http_request_duration_seconds',
    'From the first byte of a request to the last of its answer.',
    REQUEST_BOUNDS,
  )
  return {
    committed(events) {
      appended.add(undefined, events.length)
      commitEvents.observe(events.length)
    },
    appended: (tookMs) => appendSeconds.observe(tookMs / 1000),
    appendRefused: (code) => refused.add({ code }),
    ranCode(kind, fault, tookMs) {
      calls.add({ kind })
      callSeconds.observe(tookMs / 1000)
      if (fault !== null) codeFaults.add({ code: fault })
    },
    answered({ method, route, status, tookMs }) {
      // Methods and addresses are whatever a client says.
      const known = METHODS.has(method) ? method : 'other'
      const labels = { method: known, route: route ?? 'none' }
      requests.add({ ...labels, status: String(status) })
      requestSeconds.observe(tookMs / 1000, labels)
    },
  }
}
