import type { Fault } from '@/core/saga'

/** Five steps in a row, each a local call that does nothing and takes no time, each with a compensation like it. */
export const SAGA = 'five-steps'

const STEPS = [1, 2, 3, 4, 5].map((number) => `step-${number}`)
const call = (operation: string) => ({ type: 'call', service: 'local', operation })
const operation = (id: string) => ({ id, latency: { type: 'fixed', ms: 0 } })

export const benchDesign = {
  formatVersion: 1,
  name: 'Bench',
  services: [{ id: 'local', operations: [operation('do'), operation('undo')] }],
  sagas: [
    {
      id: SAGA,
      nodes: [
        { id: 'start', type: 'start' },
        ...STEPS.map((id) => ({
          id,
          type: 'step',
          action: call('do'),
          compensation: { action: call('undo') },
        })),
        { id: 'end', type: 'end' },
      ],
      edges: ['start', ...STEPS].map((from, index) => ({
        id: `edge-${index}`,
        from,
        to: STEPS[index] ?? 'end',
      })),
    },
  ],
}

export type Variant = 'succeeds' | 'fifth-step-fails'
export const VARIANTS: readonly Variant[] = ['succeeds', 'fifth-step-fails']

/** The status a run of the variant ends with. */
export const ENDS: Readonly<Record<Variant, string>> = {
  succeeds: 'completed',
  'fifth-step-fails': 'compensated',
}

const FAILURE: Fault = {
  node: 'step-5',
  phase: 'action',
  probability: 1,
  effect: { type: 'error', code: 'Refused', kind: 'business' },
}

/** The body of `POST /api/designs/{id}/runs`. */
export const startOf = (variant: Variant) => ({
  saga: SAGA,
  input: {},
  mode: 'live' as const,
  seed: 'bench',
  faults: variant === 'succeeds' ? [] : [FAILURE],
})
