import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { WorkbenchError } from '@/core/errors'

/** Which addresses on this side of the router real calls may go to. */
export interface HttpSettings {
  /** Everything may be called. */
  readonly allowPrivate: boolean
  /** `host:port` as it stands in a URL, in lower case: what may be called although it is private. */
  readonly allow: readonly string[]
}

export const PUBLIC_ONLY: HttpSettings = { allowPrivate: false, allow: [] }

/**
 * What a design from a stranger must not reach through this server: this machine, the network it stands in, and the
 * services of its cloud. An address of version 4 written as one of version 6 is found by its own rule.
 */
const PRIVATE = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // metadata of most clouds among them: 169.254.169.254
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  // multicast, reserved, broadcast
  ['224.0.0.0', 3],
  // the wire server of Azure, a public address in name only
  ['168.63.129.16', 32],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  // unspecified, loopback, and version 4 in its oldest dress
  ['::', 96],
  // ways through which any address of version 4 is reached
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6')

/** @param address an IP address, as the system writes it */
export function isPrivateAddress(address: string): boolean {
  const [plain = ''] = address.split('%')
  const family = isIP(plain)
  return family === 0 || PRIVATE.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** How a connection may be made: refused outright, or with a look-up that gives only addresses that may be had. */
export interface Passage {
  readonly lookup: LookupFunction
  /** Whether the address that was connected to may be: looked at once more before anything is sent. */
  admits(address: string | undefined): boolean
  /** What it is refused with. */
  refusal(): WorkbenchError
}

/**
 * Checks where a request goes. A host name is checked when it is looked up for the connection itself, and the address
 * found is the one connected to: a name that says one thing first and another later gains nothing.
 * @throws {WorkbenchError} HTTP_ADDRESS_REFUSED when the URL names a private address; `lookup` gives the same error
 */
export function passageTo(url: URL, settings: HttpSettings): Passage {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const open = settings.allowPrivate || settings.allow.includes(`${url.hostname}:${port}`)
  if (!open && isIP(host) !== 0 && isPrivateAddress(host)) throw refused(url.hostname, port)
  return {
    lookup(name, options, callback) {
      resolve(name, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, '')
        const fit = open ? addresses : addresses.filter(({ address }) => !isPrivateAddress(address))
        const [first] = fit
        if (first === undefined) return callback(refused(name, port), '')
        if (options.all) callback(null, fit)
        else callback(null, first.address, first.family)
      })
    },
    refusal: () => refused(url.hostname, port),
    admits: (address) => open || (address !== undefined && !isPrivateAddress(address)),
  }
}

function refused(host: string, port: string): WorkbenchError {
  return new WorkbenchError(
    'HTTP_ADDRESS_REFUSED',
    `${host} is a private address, which real calls may not reach. To allow it, start the server with HTTP_ALLOW=${host}:${port}, or with ALLOW_PRIVATE_HTTP=1 for all of them.`,
  )
}
