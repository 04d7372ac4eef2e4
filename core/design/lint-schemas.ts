import type { JsonObject } from '../json'
import { readSchema } from '../json-schema'
import type { Design } from './document'
import { type Problem, problem } from './problem'
import type { DesignPath } from './program'

/** UNREADABLE_SCHEMA, wherever the design has a JSON Schema. Schemas are read, no value is checked against them. */
export function lintSchemas(design: Design): readonly Problem[] {
  return [
    ...design.services.flatMap(({ operations }, at) =>
      operations.flatMap(({ inputSchema }, index) =>
        lintSchema(inputSchema, ['services', at, 'operations', index, 'inputSchema']),
      ),
    ),
    ...design.aggregates.flatMap(({ stateSchema, commands, events }, at) => [
      ...lintSchema(stateSchema, ['aggregates', at, 'stateSchema']),
      ...commands.flatMap(({ schema }, index) =>
        lintSchema(schema, ['aggregates', at, 'commands', index, 'schema']),
      ),
      ...events.flatMap(({ schema }, index) =>
        lintSchema(schema, ['aggregates', at, 'events', index, 'schema']),
      ),
    ]),
    ...design.sagas.flatMap(({ nodes }, at) =>
      nodes.flatMap((node, index) => {
        const path = ['sagas', at, 'nodes', index]
        if (node.type === 'start') return lintSchema(node.inputSchema, [...path, 'inputSchema'])
        return node.type === 'signal' ? lintSchema(node.schema, [...path, 'schema']) : []
      }),
    ),
  ]
}

function lintSchema(schema: JsonObject | undefined, path: DesignPath): readonly Problem[] {
  if (schema === undefined || readSchema(schema) !== null) return []
  return [
    problem(
      'UNREADABLE_SCHEMA',
      'warning',
      path,
      'this is no JSON Schema we can read (draft 2020-12, in its patterns no looking ahead or back): it accepts everything',
    ),
  ]
}
