import type { IncomingHttpHeaders } from 'node:http'
import { WorkbenchError } from '@/core/errors'

/**
 * Whether a request comes from a page of this server, or from no page at all. A browser says where a page came from;
 * a program that is no browser says nothing and may come in. That the name they share is the server's own is for
 * `known-hosts.ts` to say.
 */
export function isSameOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

export const forbiddenOrigin = (origin = ''): WorkbenchError =>
  new WorkbenchError('FORBIDDEN_ORIGIN', `A page of "${origin}" may not change anything here.`)
