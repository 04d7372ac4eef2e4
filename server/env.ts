import { z } from 'zod'
import { err, ok, type Result } from '@/core/result'
import { LIMITS } from './limits'
import { otlpEnv } from './observe/otlp/otlp-env'

const hostName = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/
const ipv6 = /^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*$/

/** As in a URL: a name, an address, or one of version 6 in brackets. */
const hostAndPort = /^(?:[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\]):\d{1,5}$/

/** A name, or a dot and a name for all that is beneath it. */
const allowedHost = /^\.?[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?$/

/** In lower case, with commas between them. */
const commaList = z.string().transform((list) =>
  list
    .toLowerCase()
    .split(',')
    .map((place) => place.trim())
    .filter((place) => place !== ''),
)

function whole(least: number, most: number, of = '') {
  const refusal = `must be a whole number${of} from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,12}$/, refusal)
    .transform(Number)
    .refine((number) => number >= least && number <= most, refusal)
}

const wholeMs = (least: number, most: number) => whole(least, most, ' of milliseconds')

/** Each message says what to do: it is all that a person at a terminal sees. */
const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535 (0 picks a free port)')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535 (0 picks a free port)')
    .default(3000),
  HOST: z
    .string()
    .refine(
      (host) => hostName.test(host) || ipv6.test(host),
      'must be an address or a host name, such as 127.0.0.1 or 0.0.0.0',
    )
    .default('127.0.0.1'),
  ALLOWED_HOSTS: commaList
    .refine(
      (list) => list.every((name) => name === '*' || allowedHost.test(name)),
      'must be host names without ports, such as workbench.example.com,.example.com, or * for every name',
    )
    .default([]),
  DATABASE_URL: z
    .string()
    .regex(/^file:(?!:)[^?#]+$/, 'must be file: and a path, such as file:./data/workbench.db')
    .default('file:./data/workbench.db'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  ALLOW_PRIVATE_HTTP: z
    .enum(['0', '1'], { error: 'must be 1 to let real calls reach private addresses, or 0' })
    .transform((flag) => flag === '1')
    .default(false),
  HTTP_ALLOW: commaList
    .refine(
      (list) => list.every((place) => hostAndPort.test(place)),
      'must be hosts with their ports, such as localhost:4100,[::1]:4100',
    )
    .default([]),

  LEASE_WAIT_MS: wholeMs(0, 3_600_000).default(0),
  LEASE_TTL_MS: wholeMs(500, 600_000).default(LIMITS.leaseTtlMs),
  EFFECTS_AT_ONCE: whole(1, 100_000).default(LIMITS.effectsAtOnce),
  EFFECTS_AT_ONCE_PER_DESIGN: whole(1, 100_000).default(LIMITS.effectsAtOncePerDesign),
  BACKLOG: whole(1, 1_000_000).default(LIMITS.backlog),
  BACKLOG_PER_DESIGN: whole(1, 1_000_000).default(LIMITS.backlogPerDesign),
  ARCHIVE_AFTER_DAYS: whole(0, 36_500).default(LIMITS.archiveAfterDays),
  ...otlpEnv,
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'must be one of development, production, test' })
    .default('production'),
  /** Set by npm for what it runs. */
  npm_lifecycle_event: z.string().optional(),
})

/** The settings of one server process. `PORT` 0 asks the system for a free port. */
export type Env = Readonly<z.output<typeof schema>>

/** A bad environment, with one line for every bad value. */
export interface EnvRefusal {
  readonly code: 'ENV_INVALID'
  readonly message: string
}

/**
 * Checks an environment. An empty value counts as absent, as `PORT= npm start` means in a shell.
 * @param source the environment; names the workbench does not know are left alone
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Result<Env, EnvRefusal> {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = schema.safeParse(Object.fromEntries(given.map(([name, value]) => [name, value?.trim()])))
  if (parsed.success) return ok(parsed.data)
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0])
    return `${name} ${issue.message}; it is ${shown(name, source[name])}`
  })
  return err({ code: 'ENV_INVALID', message: [...new Set(lines)].join('\n') })
}

/** A database's or a collector's address may carry a password, and headers do: only the scheme is repeated. */
function shown(name: string, value: string | undefined): string {
  const text = value ?? ''
  if (name === 'OTEL_EXPORTER_OTLP_HEADERS') return `${text.length} characters long`
  if (name !== 'DATABASE_URL' && !name.endsWith('_ENDPOINT')) return JSON.stringify(text.slice(0, 80))
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0]
  return scheme === undefined ? 'without a scheme' : `a "${scheme}" address`
}

/** The environment of this process. Nothing else reads `process.env`. */
export function processEnv(): Result<Env, EnvRefusal> {
  return readEnv(process.env)
}
