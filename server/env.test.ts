import { describe, expect, it } from 'vitest'
import { readEnv } from './env'

function refusal(source: Record<string, string>): string {
  const read = readEnv(source)
  if (read.ok) throw new Error(`accepted ${JSON.stringify(source)}`)
  expect(read.error.code).toBe('ENV_INVALID')
  return read.error.message
}

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readEnv({})).toEqual({
      ok: true,
      value: {
        PORT: 3000,
        HOST: '127.0.0.1',
        ALLOWED_HOSTS: [],
        DATABASE_URL: 'file:./data/workbench.db',
        LOG_LEVEL: 'info',
        ALLOW_PRIVATE_HTTP: false,
        HTTP_ALLOW: [],
        LEASE_WAIT_MS: 0,
        LEASE_TTL_MS: 10_000,
        EFFECTS_AT_ONCE: 1_024,
        EFFECTS_AT_ONCE_PER_DESIGN: 256,
        BACKLOG: 10_000,
        BACKLOG_PER_DESIGN: 2_000,
        ARCHIVE_AFTER_DAYS: 30,
        NODE_ENV: 'production',
      },
    })
  })

  it('takes what it is given, and leaves other names alone', () => {
    const read = readEnv({
      PORT: '0',
      HOST: '::1',
      DATABASE_URL: 'file:/tmp/a b.db',
      LOG_LEVEL: 'debug',
      HOME: '/root',
    })
    expect(read).toMatchObject({
      ok: true,
      value: { PORT: 0, HOST: '::1', DATABASE_URL: 'file:/tmp/a b.db' },
    })
    expect(read.ok && 'HOME' in read.value).toBe(false)
  })

  it('counts an empty value as absent', () => {
    expect(readEnv({ PORT: '', HOST: '  ' })).toMatchObject({
      ok: true,
      value: { PORT: 3000, HOST: '127.0.0.1' },
    })
  })

  it.each(['80a', '-1', '65536', '3.5', '1e3', '0x50'])('refuses the port %s by name', (port) => {
    expect(refusal({ PORT: port })).toBe(
      `PORT must be a whole number from 0 to 65535 (0 picks a free port); it is "${port}"`,
    )
  })

  it.each(['http://localhost', 'a b', '-x', 'x/y'])('refuses the host %s by name', (host) => {
    expect(refusal({ HOST: host })).toMatch(/^HOST must be an address or a host name/)
  })

  it.each(['postgres://me:secret@db/x', 'file:', 'file::memory:', './x.db'])(
    'refuses the database %s',
    (url) => {
      const message = refusal({ DATABASE_URL: url })
      expect(message).toMatch(/^DATABASE_URL must be file: and a path/)
      expect(message).not.toContain('secret')
    },
  )

  it('takes the names it may be asked by', () => {
    expect(readEnv({ ALLOWED_HOSTS: 'Workbench.example.com, .example.org,*' })).toMatchObject({
      value: { ALLOWED_HOSTS: ['workbench.example.com', '.example.org', '*'] },
    })
  })

  it.each(['http://a.example', 'a.example:3000', '*.example.com', 'a b', '.', '-a'])(
    'refuses %s as a name to be asked by',
    (name) => {
      expect(refusal({ ALLOWED_HOSTS: name })).toMatch(/^ALLOWED_HOSTS must be host names without ports/)
    },
  )

  it('takes where real calls may go', () => {
    expect(
      readEnv({ ALLOW_PRIVATE_HTTP: '1', HTTP_ALLOW: 'localhost:4100, [::1]:80,Shop.local:8080' }),
    ).toMatchObject({
      value: { ALLOW_PRIVATE_HTTP: true, HTTP_ALLOW: ['localhost:4100', '[::1]:80', 'shop.local:8080'] },
    })
    expect(readEnv({ ALLOW_PRIVATE_HTTP: '0' })).toMatchObject({ value: { ALLOW_PRIVATE_HTTP: false } })
  })

  it.each(['localhost', 'http://localhost:80', '*:80', 'a:b', '::1:80'])(
    'refuses %s as a place for real calls by name',
    (place) => {
      expect(refusal({ HTTP_ALLOW: place })).toMatch(/^HTTP_ALLOW must be hosts with their ports/)
    },
  )

  it('refuses a switch that is neither on nor off', () => {
    expect(refusal({ ALLOW_PRIVATE_HTTP: 'yes' })).toMatch(/^ALLOW_PRIVATE_HTTP must be 1 /)
  })

  it.each([
    ['LEASE_TTL_MS', '10', 'of milliseconds from 500 to 600000'],
    ['EFFECTS_AT_ONCE', '0', 'from 1 to 100000'],
    ['ARCHIVE_AFTER_DAYS', '1.5', 'from 0 to 36500'],
  ])('refuses %s=%s by name', (name, value, range) => {
    expect(refusal({ [name]: value })).toBe(`${name} must be a whole number ${range}; it is "${value}"`)
  })

  it('names every bad value, one line each', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'loud', NODE_ENV: 'prod' }).split('\n')).toEqual([
      expect.stringMatching(/^PORT /),
      expect.stringMatching(/^LOG_LEVEL must be one of .*; it is "loud"$/),
      expect.stringMatching(/^NODE_ENV must be one of .*; it is "prod"$/),
    ])
  })

  it('points at a collector as OpenTelemetry says', () => {
    expect(
      readEnv({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a%3Db, x-team=blue',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_TIMEOUT: '500',
        OTEL_METRIC_EXPORT_INTERVAL: '1000',
        OTEL_BSP_SCHEDULE_DELAY: '200',
        OTEL_SERVICE_NAME: 'orders',
        OTEL_SDK_DISABLED: 'false',
      }),
    ).toMatchObject({
      value: {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_EXPORTER_OTLP_HEADERS: { authorization: 'Bearer a=b', 'x-team': 'blue' },
        OTEL_EXPORTER_OTLP_TIMEOUT: 500,
        OTEL_METRIC_EXPORT_INTERVAL: 1000,
        OTEL_BSP_SCHEDULE_DELAY: 200,
        OTEL_SERVICE_NAME: 'orders',
      },
    })
  })

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318', 'the address of a collector'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://user:secret@collector', 'the address of a collector'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://user:secret@collector', 'the address of a collector'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'secret', 'the address of a collector'],
    ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'ftp://secret@x', 'the address of a collector'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'secret', 'names and values'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=b,secret with spaces=c', 'names and values'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=secret%zz', 'names and values'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'http/json'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s', 'a whole number of milliseconds from 1'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '0', 'a whole number of milliseconds from 1'],
    ['OTEL_BSP_SCHEDULE_DELAY', '-5', 'a whole number of milliseconds from 1'],
    ['OTEL_SERVICE_NAME', 'x'.repeat(201), 'at most 200 characters'],
    ['OTEL_SDK_DISABLED', 'yes', 'true or false'],
  ])('refuses %s %s by name, and repeats no secret', (name, value, must) => {
    const message = refusal({ [name]: value })
    expect(message).toMatch(new RegExp(`^${name} must be ${must}`))
    expect(message).not.toContain('secret')
  })
})
