import type { Design } from '@/core/design/document'
import type { Saga, SagaEdge, SagaNode } from '@/core/design/saga'
import { freshId } from './saga-draft'

/** A shape to begin with. Its steps are scripts that do nothing yet: valid, and runnable at once. */
export interface Starter {
  readonly id: 'chain' | 'parallel' | 'choice'
  readonly title: string
  readonly description: string
}

export const STARTERS: readonly Starter[] = [
  { id: 'chain', title: 'One after the other', description: 'Two steps, each with its compensation' },
  {
    id: 'parallel',
    title: 'Side by side',
    description: 'Two steps at once, then a third when both are done',
  },
  { id: 'choice', title: 'Either, or', description: 'A choice, and a way that fails and undoes' },
]

const script = (name: string): { type: 'script'; code: string } => ({
  type: 'script',
  code: `(input) => ({ ${name}: true })`,
})

const step = (id: string, name: string, undoes: string): SagaNode => ({
  id,
  name,
  type: 'step',
  kind: 'compensatable',
  action: script(id),
  compensation: { name: undoes, action: { type: 'script', code: '({ output }) => ({})' } },
})

const edge = (from: string, to: string, branch?: string): SagaEdge => ({
  id: `${from}-${to}`,
  from,
  to,
  ...(branch === undefined ? {} : { branch }),
})

const START: SagaNode = { id: 'start', type: 'start', inputSchema: {}, inputExample: {} }
const END: SagaNode = { id: 'end', type: 'end' }

/** The smallest saga there is: a start and an end. */
export function emptySaga(design: Design): Saga {
  const id = freshId(
    'saga',
    design.sagas.map((saga) => saga.id),
  )
  return {
    id,
    name: 'New saga',
    compensationOrder: 'graph',
    nodes: [{ ...START }, { ...END }],
    edges: [edge('start', 'end')],
  }
}

/** Nodes and edges of a shape. */
export function starterGraph(id: Starter['id']): Pick<Saga, 'nodes' | 'edges'> {
  const first = step('first', 'First step', 'Undo first')
  const second = step('second', 'Second step', 'Undo second')
  switch (id) {
    case 'chain':
      return {
        nodes: [START, first, second, END],
        edges: [edge('start', 'first'), edge('first', 'second'), edge('second', 'end')],
      }
    case 'parallel':
      return {
        nodes: [START, first, second, step('third', 'When both are done', 'Undo third'), END],
        edges: [
          edge('start', 'first'),
          edge('start', 'second'),
          edge('first', 'third'),
          edge('second', 'third'),
          edge('third', 'end'),
        ],
      }
    case 'choice':
      return {
        nodes: [
          START,
          first,
          {
            id: 'choice',
            name: 'Worth it?',
            type: 'choice',
            branches: [{ id: 'yes', name: 'yes', when: '(data) => data.first === true' }],
          },
          second,
          { id: 'fail', name: 'Give up', type: 'fail', error: 'GaveUp' },
          END,
        ],
        edges: [
          edge('start', 'first'),
          edge('first', 'choice'),
          edge('choice', 'second', 'yes'),
          edge('choice', 'fail', 'default'),
          edge('second', 'end'),
        ],
      }
  }
}
