import { z } from 'zod'

const isAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

const address = z
  .string()
  .refine(
    isAddress,
    'must be the address of a collector, such as http://127.0.0.1:4318; what it asks of a caller goes into OTEL_EXPORTER_OTLP_HEADERS',
  )

const milliseconds = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'must be a whole number of milliseconds from 1 to 9999999')
  .transform(Number)

const headerPair = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+=[^,\s]*$/

const isEncoded = (text: string): boolean => {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

const readHeaders = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(',').map((pair) => {
      const [name = '', ...value] = pair.trim().split('=')
      return [name, decodeURIComponent(value.join('='))]
    }),
  )

/**
 * What of OpenTelemetry's own environment is heard. The names and what they mean are theirs, so that a collector is
 * pointed at as everywhere else.
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export const otlpEnv = {
  /** Where a collector listens; the signals' own paths are put behind it. Without it nothing is exported. */
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .refine(
      (text) => text.split(',').every((pair) => headerPair.test(pair.trim()) && isEncoded(pair)),
      'must be names and values, such as authorization=Bearer%20abc,x-team=blue',
    )
    .transform(readHeaders)
    .optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .enum(['http/json', 'http/protobuf'], { error: 'must be http/json or http/protobuf' })
    .optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: milliseconds.optional(),
  OTEL_METRIC_EXPORT_INTERVAL: milliseconds.optional(),
  /** How long a span waits for others to go with it. */
  OTEL_BSP_SCHEDULE_DELAY: milliseconds.optional(),
  OTEL_SERVICE_NAME: z.string().max(200, 'must be at most 200 characters').optional(),
  OTEL_SDK_DISABLED: z.enum(['true', 'false'], { error: 'must be true or false' }).optional(),
} as const
