import { withData } from './change'
import { withState } from './copy'
import type { SagaEventData } from './events'
import type { SagaState } from './state'

/** What is other in a fork than in the run it comes from, from here on. */
export function forked(
  state: SagaState,
  { mode, seed, faults, data, scopes = {} }: SagaEventData['SagaForked'],
): SagaState {
  const changed = withState(state, {
    mode: mode ?? state.mode,
    seed: seed ?? state.seed,
    faults: faults ?? state.faults,
    data: data ?? state.data,
  })
  return Object.entries(scopes).reduce((next, [scope, inner]) => withData(next, scope, inner), changed)
}
