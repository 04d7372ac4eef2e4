import fc from 'fast-check'
import type {
  Action,
  Body,
  Branch,
  Compensation,
  RetryRule,
  Saga,
  SagaEdge,
  SagaNode,
  StepNode,
} from './saga'

/**
 * Random sagas: steps of every kind and action, choices, waits, forks and joins, compensations, retry policies,
 * timeouts, ends and failures. They call service `depot` and aggregate `Counter` (see `arbitraryDesign`).
 * @param options.acyclic every edge leads forwards, every choice has its default, nothing is unknown: it runs.
 *   Otherwise edges go anywhere, even nowhere, and starts and branches are missing or there twice.
 * @param options.maxNodes nodes between start and end, default 8
 * @param options.id default `saga`
 * @param options.runs ids of sagas that its nodes may run; by default none does
 */
export function arbitrarySaga(
  options: {
    readonly acyclic?: boolean
    readonly maxNodes?: number
    readonly id?: string
    readonly runs?: readonly string[]
  } = {},
): fc.Arbitrary<Saga> {
  const node = options.acyclic ? runnableNode(options.runs ?? []) : anyNode
  const middle = fc.array(node, { maxLength: options.maxNodes ?? 8, size: 'max' })
  const order = fc.constantFrom('graph' as const, 'strict' as const)
  // One unbounded stream of draws for the wiring: shrinking it towards 0 shrinks towards a chain.
  const draws = fc.array(fc.nat({ max: 1000 }), { minLength: 64, maxLength: 64 })
  return fc.record({ middle, order, draws }).map(({ middle, order, draws }) => {
    const nodes: readonly SagaNode[] = [
      { id: 'start', type: 'start', inputSchema: {}, inputExample: {} },
      ...middle.map((node, at): SagaNode => ({ ...node, id: `n${at + 1}` })),
      { id: 'end', type: 'end' },
    ]
    const wiring = options.acyclic ? wireForwards(nodes, draws) : wireAnyhow(nodes, draws)
    return {
      id: options.id ?? 'saga',
      compensationOrder: order,
      nodes: [...wiring.nodes],
      edges: [...wiring.edges],
    }
  })
}

interface Wiring {
  readonly nodes: readonly SagaNode[]
  readonly edges: readonly SagaEdge[]
}

/** Each node hangs on one to three earlier ones; what leads nowhere leads to the end, now and then, and a choice that has one way. */
function wireForwards(nodes: readonly SagaNode[], draws: readonly number[]): Wiring {
  const draw = reader(draws)
  const pairs: { readonly from: string; readonly to: string }[] = []
  const leads = (node: SagaNode): boolean => node.type !== 'end' && node.type !== 'fail'
  nodes.forEach((node, at) => {
    const earlier = nodes.slice(0, at).filter(leads)
    if (earlier.length === 0 || node.type === 'end') return
    const parents = new Set(
      Array.from(
        { length: 1 + (draw() % 3) },
        () => earlier.at(-1 - (draw() % earlier.length))?.id ?? 'start',
      ),
    )
    for (const from of parents) pairs.push({ from, to: node.id })
  })
  for (const node of nodes.filter(leads)) {
    const ways = pairs.filter((pair) => pair.from === node.id).length
    const wanted = node.type === 'choice' ? ways < 2 : ways === 0 && (node.type === 'start' || draw() % 3 < 2)
    if (wanted) pairs.push({ from: node.id, to: 'end' })
  }
  if (!pairs.some((pair) => pair.to === 'end'))
    return number(
      nodes.filter((node) => node.type !== 'end'),
      pairs,
      draw,
    )
  return number(nodes, pairs, draw)
}

/** Numbers the edges and gives a choice's edges its branches: every branch has an edge, the last is the default. */
function number(
  nodes: readonly SagaNode[],
  pairs: readonly { readonly from: string; readonly to: string }[],
  draw: () => number,
): Wiring {
  const branchesOf = new Map<string, Branch[]>()
  const byChoice = new Map<string, number>()
  const edges = pairs.map(({ from, to }, at): SagaEdge => {
    const edge = { id: `e${at + 1}`, from, to }
    if (nodes.find((node) => node.id === from)?.type !== 'choice') return edge
    const left = pairs.slice(at + 1).filter((pair) => pair.from === from).length
    const taken = byChoice.get(from) ?? 0
    byChoice.set(from, taken + 1)
    if (left === 0 || draw() % 4 === 0) return { ...edge, branch: 'default' }
    const branches = branchesOf.get(from) ?? []
    const branch: Branch = {
      id: `b${taken + 1}`,
      when: draw() % 2 === 0 ? '() => true' : '(data) => data.taken === undefined',
    }
    branchesOf.set(from, [...branches, branch])
    return { ...edge, branch: branch.id }
  })
  return {
    edges,
    nodes: nodes.map((node) =>
      node.type === 'choice' ? { ...node, branches: branchesOf.get(node.id) ?? [] } : node,
    ),
  }
}

/** Edges from anywhere to anywhere, with branches that may be nobody's; ids and starts doubled or missing. */
function wireAnyhow(nodes: readonly SagaNode[], draws: readonly number[]): Wiring {
  const draw = reader(draws)
  const ids = [...nodes.map((node) => node.id), 'nowhere']
  const pick = (): string => ids[draw() % ids.length] ?? 'nowhere'
  const branches = [undefined, 'default', 'b1', 'b9']
  const edges = Array.from({ length: draw() % 16 }, (_, at): SagaEdge => {
    const branch = branches[draw() % branches.length]
    return {
      id: `e${draw() % 10 === 0 ? 1 : at + 1}`,
      from: pick(),
      to: pick(),
      ...(branch === undefined ? {} : { branch }),
    }
  })
  const kept = nodes.filter((node) => node.type !== 'start' || draw() % 5 !== 0)
  return { edges, nodes: draw() % 5 === 0 ? [...kept, ...kept.slice(0, 1)] : kept }
}

function reader(draws: readonly number[]): () => number {
  let at = 0
  return () => {
    at += 1
    // Wraps round with a shift, so that a long saga does not repeat its first wiring.
    return (draws[at % draws.length] ?? 0) + Math.floor(at / draws.length)
  }
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.constant<Action>({ type: 'call', service: 'depot', operation: 'take' }),
  fc.constant<Action>({
    type: 'command',
    aggregate: 'Counter',
    command: 'Increase',
    key: '(input, ctx) => ctx.runId',
  }),
  fc.constantFrom<Action>(
    { type: 'script', code: '() => ({ counted: 1 })' },
    { type: 'script', code: "(input, ctx) => ctx.random < 0.2 ? fail('Unlucky', 'drawn') : { lucky: true }" },
  ),
)

const undoing: fc.Arbitrary<Action> = fc.constantFrom<Action>(
  { type: 'call', service: 'depot', operation: 'giveBack' },
  { type: 'command', aggregate: 'Counter', command: 'Decrease', key: '(input, ctx) => ctx.runId' },
  { type: 'script', code: '({ output }) => ({ undone: output })' },
)

const retry: fc.Arbitrary<RetryRule[]> = fc.array(
  fc.record({
    errors: fc.constantFrom<string[]>([], ['Unreachable'], ['Timeout']),
    intervalMs: fc.integer({ min: 0, max: 1000 }),
    backoffRate: fc.constantFrom(1, 1.5, 2),
    maxAttempts: fc.integer({ min: 1, max: 4 }),
    jitter: fc.constantFrom('none' as const, 'full' as const),
  }),
  { maxLength: 2 },
)

const compensation: fc.Arbitrary<Compensation> = fc
  .record({
    action: undoing,
    input: maybe(fc.constant('({ output }) => ({ output })')),
    timeoutMs: maybe(fc.integer({ min: 1, max: 500 })),
    retry: maybe(retry),
  })
  .map(defined)

const step: fc.Arbitrary<StepNode> = fc
  .record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant('compensatable' as const) },
      fc.constantFrom('pivot' as const, 'retriable' as const),
    ),
    action,
    compensation: maybe(compensation),
    input: maybe(fc.constant('(data) => ({ data })')),
    output: maybe(fc.constantFrom('(result) => ({ last: result })', '() => ({})')),
    timeoutMs: maybe(fc.integer({ min: 1, max: 2000 })),
    retry: maybe(retry),
    disabled: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.constant(true)),
  })
  .map((parts): StepNode => ({ id: 'step', type: 'step', ...defined(parts) }))

const choice: fc.Arbitrary<SagaNode> = fc.array(fc.constantFrom('b1', 'b2', 'b3'), { maxLength: 3 }).map(
  (ids): SagaNode => ({
    id: 'choice',
    type: 'choice',
    branches: ids.map((id) => ({ id, when: '() => true' })),
  }),
)

const wait: fc.Arbitrary<SagaNode> = fc
  .integer({ min: 0, max: 3_600_000 })
  .map((durationMs): SagaNode => ({ id: 'wait', type: 'wait', durationMs }))

const waiting: fc.Arbitrary<SagaNode> = fc
  .record({
    asks: fc.boolean(),
    timeoutMs: maybe(fc.integer({ min: 1, max: 5000 })),
    onTimeout: maybe(fc.constantFrom('fail' as const, 'continue' as const)),
    onReject: maybe(fc.constantFrom('fail' as const, 'continue' as const)),
  })
  .map(({ asks, onReject, ...rest }): SagaNode => {
    const common = { id: 'waiting', ...defined(rest) }
    return asks
      ? { ...common, type: 'approval', ...defined({ onReject }) }
      : { ...common, type: 'signal', signal: 'Arrived', schema: {} }
  })

/** What a map or a loop does again and again: a step like any other, or a saga that is there. */
const body = (runs: readonly string[]): fc.Arbitrary<Body> => {
  const input = maybe(fc.constant('(value, data) => ({ value, data })'))
  const once = fc
    .record({
      action,
      input,
      compensation: maybe(compensation),
      timeoutMs: maybe(fc.integer({ min: 1, max: 2000 })),
      retry: maybe(retry),
    })
    .map((parts): Body => ({ type: 'step', ...defined(parts) }))
  if (runs.length === 0) return once
  const saga = fc
    .record({ saga: fc.constantFrom(...runs), input })
    .map((parts): Body => ({ type: 'saga', ...defined(parts) }))
  return fc.oneof(once, saga)
}

/** Nodes that run others: maps and loops, and sagas when some are there. */
const outer = (runs: readonly string[]): fc.Arbitrary<SagaNode> => {
  const output = maybe(fc.constant('(result) => ({ last: result })'))
  const map = fc
    .record({ body: body(runs), output, maxConcurrency: fc.integer({ min: 1, max: 3 }) })
    .map((parts): SagaNode => ({ id: 'map', type: 'map', items: '() => [1, 2]', ...defined(parts) }))
  const loop = fc
    .record({ body: body(runs), output, maxIterations: fc.integer({ min: 1, max: 3 }) })
    .map((parts): SagaNode => ({ id: 'loop', type: 'loop', until: '() => true', ...defined(parts) }))
  if (runs.length === 0) return fc.oneof(map, loop)
  const saga = fc
    .record({
      saga: fc.constantFrom(...runs),
      input: maybe(fc.constant('(data) => ({ from: data })')),
      output,
    })
    .map((parts): SagaNode => ({ id: 'sub', type: 'saga', ...defined(parts) }))
  return fc.oneof(map, loop, saga)
}

const runnableNode = (runs: readonly string[]): fc.Arbitrary<SagaNode> =>
  fc.oneof(
    { weight: 8, arbitrary: step },
    { weight: 3, arbitrary: choice },
    { weight: 1, arbitrary: wait },
    { weight: 1, arbitrary: waiting },
    { weight: 2, arbitrary: outer(runs) },
    { weight: 1, arbitrary: fc.constant<SagaNode>({ id: 'fail', type: 'fail', error: 'GaveUp' }) },
  )

const anyNode: fc.Arbitrary<SagaNode> = fc.oneof(
  { weight: 6, arbitrary: runnableNode([]) },
  fc.constantFrom<SagaNode>(
    { id: 'any', type: 'wait' },
    { id: 'any', type: 'end' },
    { id: 'any', type: 'start', inputSchema: {}, inputExample: null },
    { id: 'any', type: 'approval' },
    { id: 'any', type: 'signal', signal: 'Arrived', schema: {} },
    { id: 'any', type: 'saga', saga: 'saga' },
    { id: 'any', type: 'saga', saga: 'nowhere' },
    { id: 'any', type: 'map', items: '() => []', maxConcurrency: 1, body: { type: 'saga', saga: 'saga' } },
    {
      id: 'any',
      type: 'loop',
      until: '() => true',
      maxIterations: 1,
      body: { type: 'step', action: { type: 'call', service: 'depot', operation: 'lost' } },
    },
  ),
)

/** Leaves out what is undefined: a parsed document has no such members. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
}
