import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAs, type HttpServer, serveHttp } from './http/testing'
import { knownHosts } from './known-hosts'

let http: HttpServer

beforeAll(async () => {
  http = await serveHttp()
})
afterAll(async () => {
  await http.close()
  expect(http.defects).toEqual([])
})

describe('a server is asked', () => {
  it.each([
    'localhost',
    'LOCALHOST:3000',
    'localhost.',
    'shop.localhost:3000',
    '127.0.0.1:80',
    '192.168.1.7',
    '[::1]:3000',
    hostname(),
    `${hostname().toUpperCase()}.local:3000`,
    'workbench.example',
    'a.b.workbench.example:443',
  ])('by %s', async (host) => {
    expect((await askAs(http.url, host)).status).toBe(200)
  })

  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    'notlocalhost',
    'evilworkbench.example',
    '127.0.0.1.evil.example',
    '[::1].evil.example',
    '.',
  ])('not by %s, and says what to do', async (host) => {
    const { status, body } = await askAs(http.url, host)
    expect([status, body.code]).toEqual([403, 'HOST_NOT_ALLOWED'])
    expect(body.detail).toContain('ALLOWED_HOSTS')
  })

  it('not by a strange name for what is no data either', async () => {
    for (const path of ['/', '/designs/x', '/metrics'])
      expect((await askAs(http.url, 'evil.example', path)).body.code).toBe('HOST_NOT_ALLOWED')
  })
})

it('one that allows every name is asked by any', () => {
  expect(knownHosts(['*'])({ host: 'evil.example' })).toBe(true)
})

it('who names no host is no browser', () => {
  expect(knownHosts([])({})).toBe(true)
})
