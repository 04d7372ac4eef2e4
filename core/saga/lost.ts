import type { StepError } from './events'

/** Why nobody knows what came of an attempt that has no timeout of its own. */
export const LOST: StepError = {
  code: 'ConnectionLost',
  message: 'the connection was lost before an answer came',
  kind: 'technical',
}
