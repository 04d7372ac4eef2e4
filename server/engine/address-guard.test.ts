import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { isPrivateAddress, PUBLIC_ONLY, passageTo } from './address-guard'

const lookedUp = (name: string, settings = PUBLIC_ONLY) =>
  new Promise<readonly LookupAddress[] | Error>((resolve) => {
    const { lookup } = passageTo(new URL(`http://${name}:80/`), settings)
    lookup(name, { all: true }, (error, addresses) =>
      resolve(error ?? (Array.isArray(addresses) ? addresses : [])),
    )
  })

describe('a private address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not an address',
  ])('is %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.32.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '2606:4700::1',
    '::ffff:8.8.8.8',
  ])('is not %s', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })
})

describe('the way to a host', () => {
  it('is refused at once when the URL names a private address, however it is written', () => {
    for (const host of ['127.0.0.1', '[::1]', '0', '0177.0.0.1', '[::ffff:7f00:1]', '169.254.169.254'])
      expect(() => passageTo(new URL(`http://${host}/`), PUBLIC_ONLY)).toThrow(/HTTP_ALLOW=/)
  })

  it('is refused when its name is looked up for the connection, and only private addresses come of it', async () => {
    expect(await lookedUp('localhost')).toMatchObject({ code: 'HTTP_ADDRESS_REFUSED' })
    expect(await lookedUp('localhost', { allowPrivate: true, allow: [] })).not.toEqual([])
    expect(await lookedUp('localhost', { allowPrivate: false, allow: ['localhost:80'] })).not.toEqual([])
    expect(await lookedUp('localhost', { allowPrivate: false, allow: ['localhost:81'] })).toMatchObject({
      code: 'HTTP_ADDRESS_REFUSED',
    })
  })

  it('looks once more at the address that was connected to', () => {
    const { admits } = passageTo(new URL('http://shop.example/'), PUBLIC_ONLY)
    expect([admits('10.0.0.1'), admits(undefined), admits('93.184.215.14')]).toEqual([false, false, true])
  })
})
