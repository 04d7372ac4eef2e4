import type { Design } from '@/core/design/document'
import { type FaultInput, placeInDesign, type SagaPlan } from '@/core/saga'
import { stepPlaces } from './operator'

/** A way to break a whole saga at once. */
export interface FaultPreset {
  readonly id: string
  readonly label: string
  readonly says: string
  readonly faults: readonly FaultInput[]
}

/** The service that a step calls, by its place in the design. */
function serviceAt(plan: SagaPlan, place: string): string | null {
  const node = placeInDesign(plan, place)?.node
  return node?.type === 'step' && node.action.type === 'call' ? node.action.service : null
}

/**
 * Ways to break this saga that are worth a look. What strikes is drawn from the run's seed, so the same seed breaks the
 * same way.
 */
export function faultPresets(plan: SagaPlan, design: Design): readonly FaultPreset[] {
  const places = stepPlaces(plan)
  const calls = places.filter((place) => serviceAt(plan, place) !== null)
  const shaky = calls.length > 0 ? calls : places
  return [
    {
      id: 'flaky-network',
      label: 'Flaky network',
      says: 'One in three attempts of every call fails or gets no answer. Retries get through most.',
      faults: shaky.flatMap((node) => [
        { node, probability: 0.2, effect: { type: 'error', code: 'Unreachable', kind: 'technical' } },
        { node, probability: 0.15, effect: { type: 'timeout', when: 'after' } },
      ]),
    },
    ...design.services
      .filter(({ id }) => calls.some((place) => serviceAt(plan, place) === id))
      .map(
        ({ id, name }): FaultPreset => ({
          id: `down-${id}`,
          label: `${name ?? id} down`,
          says: `Every call of ${name ?? id} fails, also when something is undone.`,
          faults: calls
            .filter((place) => serviceAt(plan, place) === id)
            .map((node) => ({
              node,
              effect: { type: 'error', code: 'ServiceUnavailable', kind: 'technical' },
            })),
        }),
      ),
    {
      id: 'chaos-20',
      label: 'Chaos 20 %',
      says: 'One attempt in five goes wrong, anywhere, in one of four ways.',
      faults: places.flatMap((node) => [
        { node, probability: 0.05, effect: { type: 'error', code: 'Chaos', kind: 'technical' } },
        { node, probability: 0.05, effect: { type: 'timeout', when: 'before' } },
        { node, probability: 0.05, effect: { type: 'timeout', when: 'after' } },
        { node, probability: 0.05, effect: { type: 'crash', when: 'before' } },
      ]),
    },
  ]
}
