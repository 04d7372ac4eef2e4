import { aggregateOfStream } from '@/core/aggregate/handle'
import { aggregateStream } from '@/core/aggregate/stream'
import type { Design } from '@/core/design/document'
import type { SagaNode } from '@/core/design/saga'
import type { Scenario } from '@/core/design/scenario'

/*
 * Scenarios follow when what they are about gets another name, or goes. Each of these is told before the change itself
 * is made: what a stream or a path means is read from the design as it still is.
 */

/** Another id for an aggregate: in what it is about, at the head of its streams, and of rows kept under a stream. */
export function renameAggregateInScenarios(draft: Design, from: string, to: string): void {
  const renamed = (stream: string): string => {
    const owner = aggregateOfStream(draft, stream)
    return owner?.aggregate.id === from ? aggregateStream(to, owner.key) : stream
  }
  for (const scenario of draft.scenarios) {
    if (scenario.type === 'aggregate' && scenario.aggregate === from) scenario.aggregate = to
    for (const event of streamed(scenario))
      if (event.stream !== undefined) event.stream = renamed(event.stream)
    if (scenario.type === 'projection') {
      const rows = Object.entries(scenario.expect.rows)
      scenario.expect.rows = Object.fromEntries(rows.map(([key, row]) => [renamed(key), row]))
    }
  }
}

/** Another name for a command: where a scenario sends it. */
export function renameCommandInScenarios(draft: Design, aggregate: string, from: string, to: string): void {
  for (const scenario of draft.scenarios)
    if (scenario.type === 'aggregate' && scenario.aggregate === aggregate && scenario.when.type === from)
      scenario.when.type = to
}

/** Another name for an event: where it is given and where it is expected. */
export function renameEventInScenarios(draft: Design, aggregate: string, from: string, to: string): void {
  for (const scenario of draft.scenarios)
    for (const event of eventsOf(scenario))
      if (event.type === from && isOf(draft, scenario, event, aggregate)) event.type = to
}

export function renameProjectionInScenarios(draft: Design, from: string, to: string): void {
  for (const scenario of draft.scenarios)
    if (scenario.type === 'projection' && scenario.projection === from) scenario.projection = to
}

export function renameSagaInScenarios(draft: Design, from: string, to: string): void {
  for (const scenario of draft.scenarios)
    if (scenario.type === 'saga' && scenario.saga === from) scenario.saga = to
}

/** Another id for a node: in the paths of faults, decisions and compensations, in sagas that run its saga too. */
export function renameNodeInScenarios(draft: Design, saga: string, from: string, to: string): void {
  for (const scenario of draft.scenarios) {
    if (scenario.type !== 'saga') continue
    const renamed = (path: string) => renamePath(draft, scenario.saga, path, { saga, from, to })
    for (const fault of scenario.when.faults) fault.node = renamed(fault.node)
    for (const word of scenario.when.told) if (word.type === 'decision') word.node = renamed(word.node)
    const { compensations } = scenario.expect
    if (compensations) scenario.expect.compensations = compensations.map(renamed)
  }
}

/** Names of the scenarios that go when this does: they would be about nothing. */
export function scenariosAbout(design: Design, gone: Gone): readonly string[] {
  return design.scenarios.filter((scenario) => isAbout(scenario, gone)).map(({ name }) => name)
}

export type Gone =
  | { readonly kind: 'aggregate' | 'projection' | 'saga'; readonly id: string }
  | { readonly kind: 'command' | 'event'; readonly aggregate: string; readonly name: string }

/** Takes out what a deletion leaves with nothing to be about, and events that are no more. */
export function removeFromScenarios(draft: Design, gone: Gone): void {
  if (gone.kind === 'event')
    for (const scenario of draft.scenarios) {
      const stays = (event: NamedEvent) =>
        event.type !== gone.name || !isOf(draft, scenario, event, gone.aggregate)
      scenario.given = scenario.given.filter(stays)
      if ('events' in scenario.expect && scenario.expect.events)
        scenario.expect.events = scenario.expect.events.filter(stays)
    }
  else draft.scenarios = draft.scenarios.filter((scenario) => !isAbout(scenario, gone))
}

function isAbout(scenario: Scenario, gone: Gone): boolean {
  switch (gone.kind) {
    case 'aggregate':
      return scenario.type === 'aggregate' && scenario.aggregate === gone.id
    case 'projection':
      return scenario.type === 'projection' && scenario.projection === gone.id
    case 'saga':
      return scenario.type === 'saga' && scenario.saga === gone.id
    case 'command':
      return (
        scenario.type === 'aggregate' &&
        scenario.aggregate === gone.aggregate &&
        scenario.when.type === gone.name
      )
    case 'event':
      return false
  }
}

interface NamedEvent {
  type: string
  stream?: string | undefined
}

const streamed = (scenario: Scenario): readonly { stream?: string | undefined }[] => [
  ...scenario.given,
  ...(scenario.type === 'saga' ? (scenario.expect.events ?? []) : []),
]

const eventsOf = (scenario: Scenario): readonly NamedEvent[] => [
  ...scenario.given,
  ...('events' in scenario.expect ? (scenario.expect.events ?? []) : []),
]

/** Whose event it is: its stream's, else the scenario's own, else that of the first aggregate that has such an event. */
function isOf(design: Design, scenario: Scenario, { type, stream }: NamedEvent, aggregate: string): boolean {
  const owner = stream === undefined ? undefined : aggregateOfStream(design, stream)
  if (owner) return owner.aggregate.id === aggregate
  if (scenario.type === 'aggregate' && design.aggregates.some(({ id }) => id === scenario.aggregate))
    return scenario.aggregate === aggregate
  const has = design.aggregates.filter(({ events }) => events.some(({ name }) => name === type))
  const listens = design.projections.find(
    ({ id }) => scenario.type === 'projection' && id === scenario.projection,
  )
  return (has.find(({ id }) => listens?.from.includes(id)) ?? has[0])?.id === aggregate
}

function renamePath(
  design: Design,
  within: string,
  path: string,
  { saga, from, to }: { readonly saga: string; readonly from: string; readonly to: string },
): string {
  let current: string | null = within
  return path
    .split('/')
    .map((part) => {
      if (/^\d+$/.test(part)) return part
      const node: SagaNode | undefined = design.sagas
        .find(({ id }) => id === current)
        ?.nodes.find(({ id }) => id === part)
      const renamed = current === saga && part === from ? to : part
      current = node ? innerSaga(node) : null
      return renamed
    })
    .join('/')
}

function innerSaga(node: SagaNode): string | null {
  if (node.type === 'saga') return node.saga
  return (node.type === 'map' || node.type === 'loop') && node.body.type === 'saga' ? node.body.saga : null
}
