import type { FaultInput, NodePath } from '@/core/saga'
import { samePlace, withFault } from './fault-draft'
import type { FaultPreset } from './fault-presets'

/** What is to go wrong in the next run, as its form holds it. */
export interface FaultChoice {
  readonly presets: readonly FaultPreset[]
  readonly added: readonly FaultInput[]
  /** What the form says of the step that is chosen: it counts, so that nothing chosen is left out of the run. */
  readonly drafted: FaultInput | null
  /** Whether it was asked for, by the form: a step is also chosen to be looked at. */
  readonly isMeant: boolean
}

export const NO_FAULTS: FaultChoice = { presets: [], added: [], drafted: null, isMeant: false }

/** All of it as a run takes it. What a person has said of a step stands before what a preset says of it. */
export function faultsOf({ presets, added, drafted }: FaultChoice): readonly FaultInput[] {
  const own = drafted === null ? added : withFault(added, drafted)
  const preset = presets
    .flatMap(({ faults }) => faults)
    .filter((fault) => !own.some((other) => samePlace(other, fault)))
  // Of those that apply to an attempt the first one strikes.
  return [...own, ...preset]
}

export const withDrafted = (choice: FaultChoice, drafted: FaultInput, isMeant: boolean): FaultChoice => ({
  ...choice,
  drafted,
  isMeant: choice.isMeant || isMeant,
})

/** Another step is chosen, or none: what was meant for this one stays. */
export function stepLeft({ presets, added, drafted, isMeant }: FaultChoice): FaultChoice {
  return {
    ...NO_FAULTS,
    presets,
    added: drafted !== null && isMeant ? withFault(added, drafted) : added,
  }
}

export const withAdded = ({ presets, added }: FaultChoice, fault: FaultInput): FaultChoice => ({
  ...NO_FAULTS,
  presets,
  added: withFault(added, fault),
})

export const without = (choice: FaultChoice, fault: FaultInput): FaultChoice =>
  choice.drafted === fault
    ? { ...choice, drafted: null, isMeant: false }
    : { ...choice, added: choice.added.filter((other) => other !== fault) }

/** A step that is chosen to be stopped at, and not to be broken. */
export const notBrokenAt = (choice: FaultChoice, place: NodePath): FaultChoice =>
  choice.drafted?.node === place && !choice.isMeant ? { ...choice, drafted: null } : choice

export function togglePreset(choice: FaultChoice, preset: FaultPreset): FaultChoice {
  const others = choice.presets.filter(({ id }) => id !== preset.id)
  const isOn = others.length < choice.presets.length
  return { ...choice, presets: isOn ? others : [...others, preset] }
}
