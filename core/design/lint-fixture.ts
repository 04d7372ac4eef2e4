import { type Design, type DesignInput, parseDesign } from './document'
import { lintDesign } from './lint'
import type { LintCode, Problem } from './problem'

type SagaInput = NonNullable<DesignInput['sagas']>[number]
type NodeInput = SagaInput['nodes'][number]

/** For tests: a document with its defaults, refused loudly when it is not one. */
export function design(document: Partial<DesignInput>): Design {
  const parsed = parseDesign({ formatVersion: 1, name: 'Test', ...document })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

/**
 * For tests: a saga drawn in text. `'a > b'` is an edge, `'c > d : left'` one of branch `left`. Nodes that no part
 * describes are steps that can be undone, `start` a start, `end` an end.
 */
export function saga(
  drawing: string,
  parts: Readonly<Record<string, Partial<NodeInput>>> = {},
  id = 'saga',
): SagaInput {
  const edges = drawing.split(',').map((line, at) => {
    const [way = '', branch] = line.split(':').map((part) => part.trim())
    const [from = '', to = ''] = way.split('>').map((part) => part.trim())
    return { id: `e${at + 1}`, from, to, ...(branch ? { branch } : {}) }
  })
  const ids = [...new Set([...edges.flatMap(({ from, to }) => [from, to]), ...Object.keys(parts)])].filter(
    Boolean,
  )
  const nodes = ids.map(
    (nodeId) =>
      ({ id: nodeId, ...(parts[nodeId]?.type ? {} : plain(nodeId)), ...parts[nodeId] }) as NodeInput,
  )
  return { id, nodes, edges: edges.filter(({ to }) => to !== '') }
}

const script = { type: 'script', code: '() => ({})' } as const
const plain = (id: string) =>
  id === 'start' || id === 'end'
    ? { type: id }
    : { type: 'step', action: script, compensation: { action: script } }

/** For tests: a choice with these branches, beside its default. */
export const choice = (...ids: readonly string[]): Partial<NodeInput> => ({
  type: 'choice',
  branches: ids.map((id) => ({ id, when: '() => true' })),
})

/** For tests: the problems of one code. */
export const problems = (document: Design, code: LintCode): readonly Problem[] =>
  lintDesign(document).filter((problem) => problem.code === code)

/** For tests: the ids of the nodes (or else the paths) that a code is told about. */
export function told(document: Design, code: LintCode): readonly string[] {
  return problems(document, code).map(({ path }) => {
    const [, at, part, index] = path
    const node =
      path[0] === 'sagas' && part === 'nodes' ? document.sagas[Number(at)]?.nodes[Number(index)] : undefined
    return node?.id ?? path.join('.')
  })
}
