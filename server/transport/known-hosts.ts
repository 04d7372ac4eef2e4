import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { WorkbenchError } from '@/core/errors'

/** Whether a request asks for this server by a name that is its own. */
export type IsKnownHost = (headers: IncomingHttpHeaders) => boolean

/**
 * A page of another site can have its own name lead to this machine, and is then of the same origin as the server. So a
 * name must be one that nobody else can give: an address, `localhost` and what is beneath it, what this machine is
 * called, or one that was allowed. Who names no host is no browser.
 * @param allowed names in lower case; `.example.com` is that and all beneath it, `*` is every name
 */
export function knownHosts(allowed: readonly string[]): IsKnownHost {
  const machine = hostname().toLowerCase()
  const names = ['localhost', '.localhost', machine, `${machine}.local`, ...allowed]
  const exact = new Set(names)
  const beneath = names.filter((name) => name.startsWith('.'))
  return ({ host }) => {
    if (host === undefined || exact.has('*')) return true
    const name = nameIn(host)
    if (isIP(name) > 0 || exact.has(name)) return true
    return beneath.some((end) => name.endsWith(end) || name === end.slice(1))
  }
}

/** Of `name:port` or `[address]:port`. A name may end in the dot of the root. */
function nameIn(host: string): string {
  const [, address, name = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(host) ?? []
  return address ?? name.toLowerCase().replace(/\.$/, '')
}

export const hostNotAllowed = (host = ''): WorkbenchError =>
  new WorkbenchError(
    'HOST_NOT_ALLOWED',
    `This server does not know itself as ${JSON.stringify(host.slice(0, 260))}. Start it with ALLOWED_HOSTS=${nameIn(host) || 'name'} if that is a name of its own.`,
  )

/** Comes before whatever answers. Takes requests for names that are not the server's, and refuses them. */
export function refuseUnknownHosts(isKnownHost: IsKnownHost) {
  return (request: IncomingMessage, response: ServerResponse): false => {
    if (isKnownHost(request.headers)) return false
    // A body that nobody reads must not be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close')
    throw hostNotAllowed(request.headers.host)
  }
}
