import { actionSites, sagaRunBy } from '../design/action-sites'
import type { Aggregate, Projection } from '../design/aggregate'
import type { Design } from '../design/document'
import { emittedEvents } from '../design/emitted-events'
import { RUN_EVENT_TYPES } from '../design/lint-events'
import { assertNever } from '../result'
import { placeKey } from './place'
import type { MapEdge, MapEdgeKind } from './types'

/** Every wire of the map. Its ends may be things that the design does not have. */
export function mapEdges(design: Design): readonly MapEdge[] {
  const wires = new Map<string, MapEdge>()
  const wire = (kind: MapEdgeKind, from: string, to: string, via?: string, undoes = false): void => {
    const id = `${from} ${kind} ${to}`
    const old = wires.get(id)
    if (old === undefined) wires.set(id, { id, kind, from, to, via: via === undefined ? [] : [via], undoes })
    else if (via !== undefined)
      wires.set(id, {
        ...old,
        via: old.via.includes(via) ? old.via : [...old.via, via],
        undoes: old.undoes && undoes,
      })
  }
  for (const aggregate of design.aggregates) {
    for (const { name, decide } of aggregate.commands) {
      const command = placeKey.command(aggregate.id, name)
      wire('handled', command, placeKey.aggregate(aggregate.id))
      for (const type of emittedEvents(decide)) wire('emits', command, placeKey.event(aggregate.id, type))
    }
  }
  const heardOfRuns = new Set<string>()
  const listen = (kind: 'feeds' | 'triggers', type: string, to: string, from: readonly string[]): void => {
    const sources = sourcesOf(design, type, from)
    if (sources.includes(placeKey.runEvent(type))) heardOfRuns.add(type)
    for (const source of sources) wire(kind, source, to)
  }
  for (const { id, on, from } of design.projections)
    for (const type of Object.keys(on)) listen('feeds', type, placeKey.projection(id), from)
  for (const { id, on, reaction } of design.policies) {
    const policy = placeKey.policy(id)
    listen('triggers', on, policy, [])
    switch (reaction.type) {
      case 'start-saga':
        wire('starts', policy, placeKey.saga(reaction.saga))
        break
      case 'send-command':
        wire('sends', policy, placeKey.command(reaction.aggregate, reaction.command))
        break
      default:
        assertNever(reaction)
    }
  }
  for (const { saga, node, action, undoes } of actionSites(design)) {
    if (action.type !== 'command') continue
    wire('sends', placeKey.saga(saga), placeKey.command(action.aggregate, action.command), node.id, undoes)
  }
  for (const saga of design.sagas) {
    for (const node of saga.nodes) {
      const inner = sagaRunBy(node)
      if (inner !== null) wire('runs', placeKey.saga(saga.id), placeKey.saga(inner), node.id)
    }
    for (const type of heardOfRuns) wire('emits', placeKey.saga(saga.id), placeKey.runEvent(type))
  }
  return [...wires.values()]
}

/**
 * Where an event of this type may come from for a listener.
 * @param from aggregates it listens to; none means every stream of the design, those of runs among them
 */
function sourcesOf(design: Design, type: string, from: readonly string[]): readonly string[] {
  const heard = design.aggregates.filter(({ id }) => from.length === 0 || from.includes(id))
  const own = heard.filter((aggregate) => knows(aggregate, type)).map(({ id }) => placeKey.event(id, type))
  const ofRuns = from.length === 0 && RUN_EVENT_TYPES.includes(type) ? [placeKey.runEvent(type)] : []
  const all = [...own, ...ofRuns]
  return all.length > 0 ? all : [placeKey.unknownEvent(type)]
}

/** An event it has; or one that it decides and has not: both ends of what is missing are then one thing on the map. */
export const knows = ({ events, commands }: Pick<Aggregate, 'events' | 'commands'>, type: string): boolean =>
  events.some(({ name }) => name === type) ||
  commands.some(({ decide }) => emittedEvents(decide).includes(type))

/** Whether a projection can hear an aggregate at all. */
export const hears = ({ from }: Pick<Projection, 'from'>, aggregate: string): boolean =>
  from.length === 0 || from.includes(aggregate)
