import type { Sockets } from '../../transport/socket/attach'
import type { Workbench } from '../../workbench'
import type { Registry, Sample } from './registry'

/** Gauges over what runs: read when somebody asks. */
export function workbenchMetrics(registry: Registry, { store, engine, projections }: Workbench): void {
  registry.gauge('workbench_runs_unfinished', 'Runs that have not ended, by status.', async () => {
    const counts = { running: 0, suspended: 0, compensating: 0 }
    for (const { status, count } of await store.runs.countUnfinished())
      if (status in counts) counts[status as keyof typeof counts] = count
    return byStatus(counts)
  })
  registry.gauge('workbench_runs_in_memory', 'Runs that the engine holds.', () => engine.pressure.held)
  registry.gauge(
    'workbench_effects_under_way',
    'Effects of runs that are being performed.',
    () => engine.pressure.effectsUnderWay,
  )
  registry.gauge(
    'workbench_effects_waiting',
    'Effects of runs that wait for their turn.',
    () => engine.pressure.effectsWaiting,
  )
  registry.gauge('workbench_log_head', 'Position of the last event on disk.', () => store.events.head())
  registry.gauge(
    'workbench_projection_lag_events',
    'Events that the projection furthest behind has still to fold.',
    async () => {
      const lags = (await projections.standing()).map(({ designId, checkpoint }) =>
        store.events.lag(designId, checkpoint),
      )
      return Math.max(0, ...(await Promise.all(lags)).map(({ lag }) => lag))
    },
  )
  registry.gauge('workbench_projections', 'Projections of designs in use, by status.', async () => {
    const counts = { running: 0, paused: 0, faulted: 0 }
    for (const { status } of await projections.standing()) counts[status] += 1
    return byStatus(counts)
  })
}

export function socketMetrics(registry: Registry, sockets: Sockets): void {
  registry.gauge('workbench_socket_clients', 'Connected clients.', () => sockets.connections)
  registry.gauge('workbench_socket_topics', 'Topics that somebody listens to.', () => sockets.topics)
  registry.gauge(
    'workbench_socket_subscriptions',
    'Topics listened to, over all clients.',
    () => sockets.subscriptions,
  )
  registry.gauge(
    'workbench_socket_unsent_events',
    'Events sent to clients that have not taken them.',
    () => sockets.unsent,
  )
}

const byStatus = (counts: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(counts).map(([status, value]) => ({ labels: { status }, value }))
