import type { HttpAnswer } from '@/core/http/answer'
import type { Hop } from './http-hop'

/** What is for the first host only. */
const PERSONAL: ReadonlySet<string> = new Set(['authorization', 'cookie'])

/**
 * What a redirect asks for next; null when the answer is none that can be followed.
 * @returns `done`: the request that was redirected may have done its work
 */
export function redirected(
  hop: Hop,
  { status, headers }: Extract<HttpAnswer, { type: 'answered' }>,
): { readonly hop: Hop; readonly done: boolean } | null {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null
  const from = new URL(hop.url)
  if (!URL.canParse(location, from.href)) return null
  const to = new URL(location, from.href)
  if (to.protocol !== 'http:' && to.protocol !== 'https:') return null
  const sameOrigin = to.origin === from.origin
  // 307 and 308 ask for the very same request elsewhere, for it was not taken here; the others ask to look there.
  const same = status === 307 || status === 308 || hop.method === 'GET'
  const kept = Object.entries(hop.headers).filter(
    ([name]) => (sameOrigin || !PERSONAL.has(name)) && (same || name !== 'content-type'),
  )
  return {
    done: !same,
    hop: {
      method: same ? hop.method : 'GET',
      url: to.href,
      headers: Object.fromEntries(kept),
      body: same ? hop.body : null,
    },
  }
}
