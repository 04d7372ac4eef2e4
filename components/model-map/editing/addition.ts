import { type Addition, addTarget, plannedTarget } from '@/components/model-editor/recipes/add-target'
import { findAggregate } from '@/components/model-editor/recipes/find'
import { placeOfTarget } from '@/components/model-editor/recipes/places'
import { newHandler, newSagaReaction } from '@/components/model-editor/recipes/skeletons'
import type { ModelTarget } from '@/components/model-editor/recipes/target'
import type { Design } from '@/core/design/document'
import { type MapKind, type MapNode, placeKey } from '@/core/model-map'
import { assertNever } from '@/core/result'
import { emptySaga } from '@/lib/commands/edits/starters'
import { commandReaction } from './command-reaction'
import { type EditPlan, refused } from './edit-plan'
import { wiring } from './wiring'

/**
 * What adding a thing of this kind does.
 * @param at what it is dropped on, or what is chosen: it belongs to that, or is wired to it where that can be
 */
export function addition(design: Design, kind: MapKind, at: MapNode | null): EditPlan {
  switch (kind) {
    case 'aggregate':
      return planned(design, { kind: 'aggregate' })
    case 'command':
      return withOwner(design, at, (aggregate) => planned(design, { kind, aggregate }))
    case 'event':
      return withOwner(design, at, (aggregate) => {
        const plan = planned(design, { kind, aggregate })
        return at?.kind === 'command' ? emittedBy(design, at, plan) : plan
      })
    case 'projection':
      return projection(design, at)
    case 'policy':
      return policy(design, at)
    case 'saga': {
      const made = emptySaga(design)
      return {
        type: 'edit',
        label: 'Add saga',
        recipe: (draft) => {
          draft.sagas.push(made)
          const reacting = at?.kind === 'policy' && draft.policies.find(({ id }) => id === at.name)
          if (reacting) reacting.reaction = newSagaReaction(made.id)
        },
        shows: placeKey.saga(made.id),
      }
    }
    default:
      return assertNever(kind)
  }
}

function planned(
  design: Design,
  what: Addition,
  also: (draft: Design, target: ModelTarget) => void = () => {},
): EditPlan {
  const target = plannedTarget(design, what)
  return {
    type: 'edit',
    label: `Add ${target.kind === 'projection' ? 'read model' : target.kind}`,
    recipe: (draft) => {
      addTarget(draft, target)
      also(draft, target)
    },
    shows: placeOfTarget(target) ?? '',
  }
}

/** The aggregate that a thing belongs to: itself, or its owner; the only one there is when nothing is pointed at. */
function withOwner(design: Design, at: MapNode | null, plan: (aggregate: string) => EditPlan): EditPlan {
  const pointed = at === null ? null : at.kind === 'aggregate' ? at.name : at.owner
  const [only, ...others] = design.aggregates
  if (pointed !== null && findAggregate(design, pointed)) return plan(pointed)
  if (only === undefined) return refused('Commands and events belong to an aggregate: add one first.')
  if (others.length > 0)
    return refused('Drop it on an aggregate, or choose one first: it belongs to one of them.')
  return plan(only.id)
}

/** A new event on a command: the command emits it, as far as its code can be added to. */
function emittedBy(design: Design, command: MapNode, plan: EditPlan): EditPlan {
  if (plan.type !== 'edit') return plan
  const [, owner = '', name = ''] = plan.shows.split('/')
  const event: MapNode = {
    id: plan.shows,
    kind: 'event',
    owner,
    name,
    title: name,
    from: 'design',
    lacks: [],
  }
  const wire = wiring(design, command, event)
  if (wire.type !== 'edit') return plan
  return {
    ...plan,
    recipe: (draft) => {
      plan.recipe(draft)
      wire.recipe(draft)
    },
  }
}

function projection(design: Design, at: MapNode | null): EditPlan {
  const source = at === null ? null : at.kind === 'aggregate' ? at.name : at.owner
  return planned(design, { kind: 'projection' }, (draft, target) => {
    const made = target.kind === 'projection' && draft.projections.find(({ id }) => id === target.id)
    if (!made || at === null) return
    if (at.kind === 'event') {
      made.from = source === null ? [] : [source]
      made.on = { [at.name]: newHandler() }
    } else if (source !== null) {
      made.from = [source]
      const events = findAggregate(draft, source)?.events ?? []
      made.on = Object.fromEntries(events.map(({ name }) => [name, newHandler()]))
    }
  })
}

function policy(design: Design, at: MapNode | null): EditPlan {
  const nothing =
    design.sagas.length === 0 && design.aggregates.every(({ commands }) => commands.length === 0)
  if (nothing) return refused('A policy starts a saga or sends a command: add one of those first.')
  return planned(design, { kind: 'policy' }, (draft, target) => {
    const made = target.kind === 'policy' && draft.policies.find(({ id }) => id === target.id)
    if (!made || at === null) return
    if (at.kind === 'event') {
      made.on = at.name
      if (made.reaction.type === 'send-command')
        made.reaction = commandReaction(at.owner, made.reaction.aggregate, made.reaction.command)
    } else if (at.kind === 'saga') made.reaction = newSagaReaction(at.name)
    else if (at.kind === 'command' && at.owner !== null) {
      const from = draft.aggregates.find(({ events }) => events.some(({ name }) => name === made.on))
      made.reaction = commandReaction(from?.id ?? null, at.owner, at.name)
    }
  })
}
