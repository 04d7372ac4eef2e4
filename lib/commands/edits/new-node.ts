import type { Design } from '@/core/design/document'
import type { Action, Compensation, Saga, SagaNode } from '@/core/design/saga'
import { freshNodeId } from './saga-draft'
import { runnableFrom } from './saga-users'

/** What the palette offers. */
export type PaletteKind =
  | 'step'
  | 'pivot'
  | 'retriable'
  | 'choice'
  | 'wait'
  | 'approval'
  | 'signal'
  | 'saga'
  | 'map'
  | 'loop'
  | 'fail'
  | 'end'
export type PaletteItem = PaletteKind | 'compensation'

export interface PaletteEntry {
  readonly item: PaletteItem
  readonly title: string
  readonly description: string
}

export const PALETTE: readonly PaletteEntry[] = [
  { item: 'step', title: 'Step', description: 'Does something that can be undone' },
  { item: 'compensation', title: 'Compensation', description: 'Undoes a step: drop it on one' },
  { item: 'pivot', title: 'Pivot', description: 'Past it the saga only goes forward' },
  { item: 'retriable', title: 'Retriable step', description: 'Behind the pivot: tried until it works' },
  { item: 'choice', title: 'Choice', description: 'Takes the first branch that holds' },
  { item: 'wait', title: 'Wait', description: 'For a while, or until a time' },
  { item: 'approval', title: 'Approval', description: 'Waits for a person to say yes or no' },
  { item: 'signal', title: 'Signal', description: 'Waits for something named from outside' },
  { item: 'saga', title: 'Saga', description: 'Runs another saga within this one' },
  { item: 'map', title: 'Map', description: 'Does one thing for each item of a list' },
  { item: 'loop', title: 'Loop', description: 'Repeats until its condition holds' },
  { item: 'fail', title: 'Fail', description: 'Fails the saga, which undoes it' },
  { item: 'end', title: 'End', description: 'Ends this branch' },
]

/** What stands at a new step until it is told what to do: it does nothing and is valid. */
const NEW_ACTION: Action = { type: 'script', code: '(input) => ({})' }

/** @param design what the new node may refer to: a saga within a saga needs another one */
export function newNode(saga: Saga, kind: PaletteKind, design: Pick<Design, 'sagas'>): SagaNode {
  const id = (wanted: string): string => freshNodeId(saga, wanted)
  switch (kind) {
    case 'step':
      return {
        id: id('step'),
        name: 'New step',
        type: 'step',
        kind: 'compensatable',
        action: { ...NEW_ACTION },
      }
    case 'pivot':
      return { id: id('pivot'), name: 'New pivot', type: 'step', kind: 'pivot', action: { ...NEW_ACTION } }
    case 'retriable':
      return {
        id: id('retriable'),
        name: 'New retriable step',
        type: 'step',
        kind: 'retriable',
        action: { ...NEW_ACTION },
      }
    case 'choice':
      return {
        id: id('choice'),
        name: 'New choice',
        type: 'choice',
        branches: [{ id: 'yes', name: 'yes', when: '(data) => true' }],
      }
    case 'wait':
      return { id: id('wait'), name: 'New wait', type: 'wait', durationMs: 1_000 }
    case 'approval':
      return { id: id('approval'), name: 'New approval', type: 'approval', message: 'May this go on?' }
    case 'signal':
      return { id: id('signal'), name: 'New signal', type: 'signal', signal: 'Arrived', schema: {} }
    case 'saga': {
      const [other] = runnableFrom(design, saga)
      return { id: id('saga'), name: 'New saga', type: 'saga', saga: other?.id ?? 'another-saga' }
    }
    case 'map':
      return {
        id: id('map'),
        name: 'New map',
        type: 'map',
        items: '(data) => data.items ?? []',
        maxConcurrency: 5,
        body: { type: 'step', action: { ...NEW_ACTION } },
      }
    case 'loop':
      return {
        id: id('loop'),
        name: 'New loop',
        type: 'loop',
        until: '(data) => data.done === true',
        maxIterations: 10,
        body: { type: 'step', action: { type: 'script', code: '(data) => ({ done: true })' } },
      }
    case 'fail':
      return { id: id('fail'), name: 'Give up', type: 'fail', error: 'GaveUp' }
    case 'end':
      return { id: id('end'), type: 'end' }
  }
}

/** A compensation for a step: beside a call, the operation of the same service that sounds like its opposite. */
export function newCompensation(design: Design, action: Action): Compensation {
  if (action.type !== 'call') return { action: { type: 'script', code: '({ output }) => ({})' } }
  const service = design.services.find(({ id }) => id === action.service)
  const undo = service?.operations.find(({ id }) =>
    /^(undo|cancel|refund|release|revert|return|restore|give.?back)/i.test(id),
  )
  if (!undo) return { action: { type: 'script', code: '({ output }) => ({})' } }
  return {
    ...(undo.name ? { name: undo.name } : {}),
    action: { type: 'call', service: action.service, operation: undo.id },
    input: '({ output }) => output',
  }
}
