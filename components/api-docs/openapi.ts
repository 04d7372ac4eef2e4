import { z } from 'zod'

/** A JSON Schema as the interface's own document writes it: what is not named here is not shown. */
export interface Schema {
  readonly type?: string | readonly string[] | undefined
  readonly properties?: Readonly<Record<string, Schema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly items?: Schema | undefined
  readonly anyOf?: readonly Schema[] | undefined
  readonly oneOf?: readonly Schema[] | undefined
  readonly additionalProperties?: boolean | Schema | undefined
  readonly $ref?: string | undefined
  readonly $defs?: Readonly<Record<string, Schema>> | undefined
  readonly enum?: readonly unknown[] | undefined
  readonly const?: unknown
  readonly default?: unknown
  readonly description?: string | undefined
  readonly pattern?: string | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly minItems?: number | undefined
  readonly maxItems?: number | undefined
}

/** Looked into only as far as it is drawn: a design's schema is thirty thousand characters. */
const schemaSchema = z.custom<Schema>((value) => typeof value === 'object' && value !== null)
const contentSchema = z.record(z.string(), z.looseObject({ schema: schemaSchema.optional() }))

const operationSchema = z.looseObject({
  summary: z.string(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().default(false),
        description: z.string().optional(),
        schema: schemaSchema,
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
})

/** What the page needs of `GET /api/openapi.json`. */
export const openApiSchema = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema) }),
})
export type OpenApi = z.infer<typeof openApiSchema>
export type Parameter = z.infer<typeof operationSchema>['parameters'][number]
