import { COMMANDS } from '../aggregate/stream'
import type { Aggregate } from './aggregate'
import type { Design } from './document'
import { emittedEvents } from './emitted-events'
import { type Problem, problem } from './problem'

/** Events of runs (DESIGN: "Events of a run"): projections and policies may listen to them too. */
export const RUN_EVENT_TYPES: readonly string[] = [
  'SagaStarted',
  'StepStarted',
  'StepCompleted',
  'StepAttemptFailed',
  'StepFailed',
  'StepTimedOut',
  'StepSkipped',
  'StepOutcomeArrivedLate',
  'ChoiceTaken',
  'TimerSet',
  'TimerFired',
  'SignalReceived',
  'ApprovalDecided',
  'SagaCompensating',
  'CompensationStarted',
  'CompensationCompleted',
  'CompensationAttemptFailed',
  'CompensationFailed',
  'SagaSuspended',
  'SagaResumed',
  'OperatorActed',
  'SagaForked',
  'SagaCompleted',
  'SagaCompensated',
  'SagaFailed',
]

/** Events of recorded commands: a projection that names `commands` may listen to them. */
export const COMMAND_EVENT_TYPES: readonly string[] = ['CommandAccepted', 'CommandRejected']

/** UNKNOWN_EVENT: something listens for, decides or is given an event that no aggregate it concerns knows. */
export function lintEvents(design: Design): readonly Problem[] {
  const everywhere = new Set([...design.aggregates.flatMap(namesOf), ...RUN_EVENT_TYPES])
  return [
    ...design.projections.flatMap((projection, at) => {
      const heard =
        projection.from.length === 0
          ? everywhere
          : new Set([
              ...design.aggregates.filter(({ id }) => projection.from.includes(id)).flatMap(namesOf),
              ...(projection.from.includes(COMMANDS) ? COMMAND_EVENT_TYPES : []),
            ])
      return Object.keys(projection.on).flatMap((type) => {
        const path = ['projections', at, 'on', type]
        return heard.has(type)
          ? []
          : problem('UNKNOWN_EVENT', 'warning', path, `nothing this read model listens to emits "${type}"`, {
              title: 'Delete the handler',
              patch: [{ op: 'remove', path }],
            })
      })
    }),
    ...design.policies.flatMap(({ on }, at) =>
      everywhere.has(on)
        ? []
        : problem('UNKNOWN_EVENT', 'warning', ['policies', at, 'on'], `nothing emits "${on}"`),
    ),
    ...design.aggregates.flatMap((aggregate, at) => decided(aggregate, at)),
    ...design.scenarios.flatMap((scenario, at) => {
      const aggregate =
        scenario.type === 'aggregate'
          ? design.aggregates.find(({ id }) => id === scenario.aggregate)
          : undefined
      const known = aggregate ? new Set(namesOf(aggregate)) : everywhere
      return scenario.given.flatMap(({ type }, index) =>
        known.has(type)
          ? []
          : problem(
              'UNKNOWN_EVENT',
              'warning',
              ['scenarios', at, 'given', index, 'type'],
              `nothing emits "${type}"`,
            ),
      )
    }),
  ]
}

const namesOf = (aggregate: Aggregate): readonly string[] => aggregate.events.map(({ name }) => name)

function decided(aggregate: Aggregate, at: number): readonly Problem[] {
  const known = new Set(namesOf(aggregate))
  return aggregate.commands.flatMap((command, index) => {
    return emittedEvents(command.decide).flatMap((type) =>
      known.has(type)
        ? []
        : problem(
            'UNKNOWN_EVENT',
            'warning',
            ['aggregates', at, 'commands', index, 'decide'],
            `${command.name} decides "${type}", which the aggregate has no event for`,
            {
              title: `Add the event "${type}"`,
              patch: [
                {
                  op: 'add',
                  path: ['aggregates', at, 'events', aggregate.events.length],
                  value: { name: type, evolve: '(state, event) => ({ ...state, ...event.data })' },
                },
              ],
            },
          ),
    )
  })
}
