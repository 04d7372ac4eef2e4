import { z } from 'zod'

const schema = z.strictObject({
  port: z.number().int().default(0),
  workbench: z.strictObject({
    databaseUrl: z.string(),
    http: z.strictObject({ allowPrivate: z.boolean().default(false), allow: z.array(z.string()) }).optional(),
    lease: z.strictObject({ ttlMs: z.number().optional(), waitMs: z.number().optional() }).default({}),
  }),
})

export type ServerSettings = z.input<typeof schema>

/** Reads what `startServer` wrote. */
export const serverSettings = (text: string | undefined) => schema.parse(JSON.parse(text ?? '{}'))
