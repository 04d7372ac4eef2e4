import { actionSites, sagasWithin } from './action-sites'
import type { Policy } from './aggregate'
import type { Design } from './document'
import { emittedEvents } from './emitted-events'
import { type Problem, problem } from './problem'

/** Events of its own that every run of a saga has. */
const ALWAYS: readonly string[] = ['SagaStarted', 'SagaCompleted']
/** And one with a step in it. */
const OF_STEPS: readonly string[] = ['StepStarted', 'StepCompleted']

/** What sets a policy off, and what is emitted because of it. */
interface Link {
  readonly policy: Policy
  readonly at: number
  readonly emits: ReadonlySet<string>
}

/**
 * POLICY_LOOP: policies that set each other off in a circle, told once for each circle, at the first of them. One that
 * has a `when` may say no, so no circle through it is told of; what a command or a saga may emit, it is taken to emit.
 */
export function lintPolicies(design: Design): readonly Problem[] {
  const emits = emittedBy(design)
  const links = design.policies.flatMap((policy, at): readonly Link[] =>
    policy.when === undefined ? [{ policy, at, emits: emits(policy) }] : [],
  )
  const told = new Set<number>()
  return links.flatMap((link) => {
    const circle = told.has(link.at) ? null : circleFrom(links, link)
    if (circle === null) return []
    for (const { at } of circle) told.add(at)
    return problem('POLICY_LOOP', 'warning', ['policies', link.at, 'reaction'], words(circle))
  })
}

/** The shortest way from a policy back to itself; null when there is none. */
function circleFrom(links: readonly Link[], start: Link): readonly Link[] | null {
  const ways: (readonly Link[])[] = [[start]]
  const seen = new Set([start.at])
  for (const way of ways) {
    const last = way.at(-1)
    if (last?.emits.has(start.policy.on)) return way
    for (const next of links) {
      if (seen.has(next.at) || !last?.emits.has(next.policy.on)) continue
      seen.add(next.at)
      ways.push([...way, next])
    }
  }
  return null
}

function words(circle: readonly Link[]): string {
  const round = circle.flatMap(({ policy }) => [policy.on, doneBy(policy)])
  return `this never ends: ${[...round, circle[0]?.policy.on].join(' → ')}; a "when" would end it`
}

const doneBy = ({ reaction }: Policy): string =>
  reaction.type === 'start-saga' ? reaction.saga : `${reaction.aggregate}.${reaction.command}`

/** What is emitted because a policy reacts, as far as the definitions show. */
function emittedBy(design: Design): (policy: Policy) => ReadonlySet<string> {
  const ofCommand = (aggregate: string, command: string): readonly string[] => {
    const found = design.aggregates.find(({ id }) => id === aggregate)
    const decide = found?.commands.find(({ name }) => name === command)?.decide
    return decide === undefined ? [] : emittedEvents(decide)
  }
  const sites = actionSites(design).filter(({ undoes }) => !undoes)
  const ofSaga = (id: string): readonly string[] => {
    const saga = design.sagas.find((one) => one.id === id)
    if (!saga) return []
    const run = new Set([...sagasWithin(saga, design.sagas)].map((one) => one.id))
    const own = sites.filter((site) => run.has(site.saga))
    return [
      ...ALWAYS,
      ...(own.length > 0 ? OF_STEPS : []),
      ...own.flatMap(({ action }) =>
        action.type === 'command' ? ofCommand(action.aggregate, action.command) : [],
      ),
    ]
  }
  return ({ reaction }) =>
    new Set(
      reaction.type === 'start-saga'
        ? ofSaga(reaction.saga)
        : ofCommand(reaction.aggregate, reaction.command),
    )
}
