import { describe, expect, it } from 'vitest'
import { codeEntries, lintDesign } from '@/core/design'
import type { Json, JsonObject } from '@/core/json'
import { checkAgainstSchema, readSchema } from '@/core/json-schema'
import { findTemplate, templates } from './index'

/** Every example of a template beside the schema it must fit. */
function examples(id: string): readonly (readonly [string, JsonObject, Json])[] {
  const document = findTemplate(id)?.document
  if (!document) throw new Error(`no template ${id}`)
  return [
    ...document.services.flatMap((service) =>
      service.operations.map(
        (operation) =>
          [
            `${service.id}.${operation.id}`,
            operation.inputSchema ?? {},
            operation.inputExample ?? null,
          ] as const,
      ),
    ),
    ...document.aggregates.flatMap((aggregate) => [
      [aggregate.id, aggregate.stateSchema, aggregate.initialState] as const,
      ...aggregate.commands.map(
        (command) => [command.name, command.schema, command.example ?? null] as const,
      ),
    ]),
    ...document.sagas.flatMap((saga) =>
      saga.nodes.flatMap((node) =>
        node.type === 'start' ? [[saga.id, node.inputSchema, node.inputExample] as const] : [],
      ),
    ),
  ]
}

describe.each(templates.map((template) => [template.id, template] as const))(
  'the template %s',
  (id, { document, teaches, summary, name }) => {
    it('has nothing for lint to tell', () => {
      expect(lintDesign(document)).toEqual([])
    })

    it('holds code that compiles', () => {
      const entries = codeEntries(document)
      expect(entries.length).toBeGreaterThan(10)
      for (const { source, id: fn } of entries)
        expect(new Function(`return (${source})`)(), fn).toBeTypeOf('function')
    })

    it('gives examples that fit their schemas', () => {
      for (const [what, schema, value] of examples(id)) {
        expect(readSchema(schema), what).not.toBeNull()
        expect(checkAgainstSchema(schema, value), what).toMatchObject({ ok: true })
      }
    })

    it('says in two or three paragraphs what to watch and what to break', () => {
      expect(document.description.split('\n\n').length).toBeGreaterThanOrEqual(2)
      expect(document.description.split('\n\n').length).toBeLessThanOrEqual(3)
      expect([name, summary, ...teaches].every((text) => text.length > 3)).toBe(true)
    })

    it('places every node, none on another', () => {
      for (const saga of document.sagas) {
        const places = saga.nodes.map((node) => document.layout.sagas[saga.id]?.[node.id])
        expect(places).not.toContain(undefined)
        expect(new Set(places.map((place) => `${place?.x},${place?.y}`)).size).toBe(places.length)
      }
    })

    it('takes 300 to 900 ms for each call, so that one can watch', () => {
      for (const { latency } of document.services.flatMap((service) => service.operations)) {
        if (latency.type !== 'uniform') throw new Error('a template draws its latencies uniformly')
        expect([latency.minMs >= 300, latency.maxMs <= 900]).toEqual([true, true])
      }
    })
  },
)

it('finds a template by its id', () => {
  expect(findTemplate('trip-booking')?.name).toBe('Trip booking')
  expect(findTemplate('ghost')).toBeUndefined()
})
