import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request comes from a page of this server, or from no page at all. A browser says where a page came from;
 * a program that is no browser says nothing and may come in.
 */
export function isSameOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
