import type { Design } from './document'
import { freshId } from './lint-scope'
import { type Problem, problem } from './problem'
import type { DesignPath } from './program'

interface Named {
  readonly id: string
}

/** DUPLICATE_ID, in every scope of a design: the first keeps the id, the others can be given a fresh one. */
export function lintIds(design: Design): readonly Problem[] {
  return [
    ...unique('service', design.services, ['services']),
    ...unique('aggregate', design.aggregates, ['aggregates']),
    ...unique('projection', design.projections, ['projections']),
    ...unique('saga', design.sagas, ['sagas']),
    ...unique('policy', design.policies, ['policies']),
    ...unique('scenario', design.scenarios, ['scenarios']),
    ...design.services.flatMap((service, at) => [
      ...unique('operation', service.operations, ['services', at, 'operations']),
      ...service.operations.flatMap((operation, index) =>
        uniqueName('error', operation.errors, ['services', at, 'operations', index, 'errors']),
      ),
    ]),
    ...design.aggregates.flatMap((aggregate, at) => [
      ...uniqueName('command', aggregate.commands, ['aggregates', at, 'commands']),
      ...uniqueName('event', aggregate.events, ['aggregates', at, 'events']),
      ...unique('rule', aggregate.rules, ['aggregates', at, 'rules']),
    ]),
    ...design.projections.flatMap((projection, at) =>
      unique('query', projection.queries, ['projections', at, 'queries']),
    ),
    ...design.sagas.flatMap((saga, at) => [
      ...unique('node', saga.nodes, ['sagas', at, 'nodes']),
      ...unique('edge', saga.edges, ['sagas', at, 'edges']),
      ...saga.nodes.flatMap((node, index) =>
        node.type === 'choice'
          ? unique('branch', node.branches, ['sagas', at, 'nodes', index, 'branches'])
          : [],
      ),
    ]),
  ]
}

const uniqueName = (
  what: string,
  list: readonly { readonly name: string }[],
  path: DesignPath,
): readonly Problem[] =>
  unique(
    what,
    list.map(({ name }) => ({ id: name })),
    path,
    'name',
  )

function unique(
  what: string,
  list: readonly Named[],
  path: DesignPath,
  member: 'id' | 'name' = 'id',
): readonly Problem[] {
  const seen = new Set<string>()
  return list.flatMap(({ id }, at) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    const place = [...path, at, member]
    // A name stands in code, where "-" would not do.
    const fresh =
      member === 'id'
        ? freshId(
            id,
            list.map((other) => other.id),
          )
        : freshId(
            id,
            list.map((other) => other.id),
          ).replace('-', '_')
    return problem('DUPLICATE_ID', 'error', place, `there is another ${what} "${id}" here`, {
      title: `Rename to "${fresh}"`,
      patch: [{ op: 'replace', path: place, value: fresh }],
    })
  })
}
