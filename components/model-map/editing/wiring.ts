import { withEmission } from '@/components/model-editor/recipes/emission'
import { inCommand, inPolicy, inProjection } from '@/components/model-editor/recipes/find'
import { freeName, newHandler, newSagaReaction } from '@/components/model-editor/recipes/skeletons'
import type { Policy } from '@/core/design/aggregate'
import type { Design } from '@/core/design/document'
import { emittedEvents } from '@/core/design/emitted-events'
import { type MapKind, type MapNode, type ModelMap, placeKey } from '@/core/model-map'
import { commandReaction } from './command-reaction'
import { type EditPlan, refused } from './edit-plan'

/** What drawing a wire from one thing to another means: code or a policy that makes it so, or why there is none. */
export function wiring(design: Design, from: MapNode, to: MapNode): EditPlan {
  if (from.id === to.id) return refused('A wire goes to something else.')
  if (from.from === 'missing' || to.from === 'missing')
    return refused(`“${(from.from === 'missing' ? from : to).title}” is not defined: add it first.`)
  const make = WIRES[`${from.kind} ${to.kind}`]
  return make === undefined ? refused(WHY_NOT[from.kind]) : make(design, from, to)
}

/** Everything a wire can be drawn to from here. */
export function wireTargets(design: Design, map: ModelMap, from: MapNode): readonly MapNode[] {
  return map.nodes.filter((to) => wiring(design, from, to).type !== 'refused')
}

type Wire = (design: Design, from: MapNode, to: MapNode) => EditPlan

const WIRES: Readonly<Partial<Record<`${MapKind} ${MapKind}`, Wire>>> = {
  'command event': emit,
  'event projection': feed,
  'event policy': trigger,
  'event saga': (design, event, saga) => react(design, event, newSagaReaction(saga.name)),
  'event command': (design, event, command) =>
    react(design, event, commandReaction(event.owner, command.owner ?? '', command.name)),
  'policy saga': (_design, policy, saga) => redirect(policy, newSagaReaction(saga.name)),
  'policy command': (design, policy, command) => {
    const on = design.policies.find(({ id }) => id === policy.name)?.on
    const source = design.aggregates.find(({ events }) => events.some(({ name }) => name === on))
    return redirect(policy, commandReaction(source?.id ?? null, command.owner ?? '', command.name))
  },
}

const WHY_NOT: Readonly<Record<MapKind, string>> = {
  command: 'A command emits events of its own aggregate: draw the wire to one of those.',
  aggregate: 'An aggregate emits by its commands: draw the wire from a command.',
  event: 'An event goes to a read model, a policy, a saga or a command.',
  policy: 'A policy starts a saga or sends a command.',
  saga: 'A saga sends commands from its steps: open it and add one there.',
  projection: 'A read model is the end of the line: nothing follows from it.',
}

function emit(design: Design, command: MapNode, event: MapNode): EditPlan {
  const { owner, name } = command
  if (owner === null || event.owner !== owner) return refused(WHY_NOT.command)
  const decide = design.aggregates
    .find(({ id }) => id === owner)
    ?.commands.find((one) => one.name === name)?.decide
  if (decide === undefined) return refused(`“${name}” is not there any more.`)
  if (emittedEvents(decide).includes(event.name)) return refused(`${name} emits ${event.name} already.`)
  const changed = withEmission(decide, event.name)
  if (changed === null)
    return {
      type: 'by-hand',
      shows: command.id,
      how: `What ${name} returns is put together in its code: add { type: '${event.name}', data: {} } to it there.`,
    }
  return {
    type: 'edit',
    label: `Emit ${event.name}`,
    recipe: inCommand(owner, name, (draft) => {
      draft.decide = changed
    }),
    shows: command.id,
  }
}

function feed(design: Design, event: MapNode, projection: MapNode): EditPlan {
  const found = design.projections.find(({ id }) => id === projection.name)
  if (!found) return refused(`“${projection.title}” is not there any more.`)
  const { owner, name } = event
  const isDeaf = owner !== null && found.from.length > 0 && !found.from.includes(owner)
  if (Object.hasOwn(found.on, name) && !isDeaf)
    return refused(`${projection.title} listens to ${name} already.`)
  if (owner === null && found.from.length > 0)
    return refused(`${projection.title} hears only aggregates: let it listen to every stream first.`)
  return {
    type: 'edit',
    label: `Let ${projection.title} listen to ${name}`,
    recipe: inProjection(projection.name, (draft) => {
      if (owner !== null && isDeaf) draft.from.push(owner)
      draft.on[name] ??= newHandler()
    }),
    shows: projection.id,
  }
}

function trigger(_design: Design, event: MapNode, policy: MapNode): EditPlan {
  return {
    type: 'edit',
    label: `Let ${policy.title} react to ${event.name}`,
    recipe: inPolicy(policy.name, (draft) => {
      draft.on = event.name
    }),
    shows: policy.id,
  }
}

/** A policy between the two. */
function react(design: Design, event: MapNode, reaction: Policy['reaction']): EditPlan {
  const does = reaction.type === 'start-saga' ? reaction.saga : reaction.command
  // a name of an event may hold dots, an id may not; an id ends after 64 characters
  const wanted = `on-${event.name.replaceAll('.', '-')}`.slice(0, 60)
  const id = freeName(
    wanted,
    design.policies.map((policy) => policy.id),
  )
  return {
    type: 'edit',
    label: `Let ${event.name} lead to ${does}`,
    recipe: (draft) => void draft.policies.push({ id, on: event.name, reaction }),
    shows: placeKey.policy(id),
  }
}

function redirect(policy: MapNode, reaction: Policy['reaction']): EditPlan {
  return {
    type: 'edit',
    label: `Change what ${policy.title} does`,
    recipe: inPolicy(policy.name, (draft) => {
      draft.reaction = reaction
    }),
    shows: policy.id,
  }
}
