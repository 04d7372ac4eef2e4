import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * What a page may load. User code compiles WebAssembly in the page (`'wasm-unsafe-eval'`) and nothing wider;
 * React Flow and CodeMirror set inline styles. Only Next's development build needs `eval`.
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Data is no page: it loads nothing, wherever somebody opens it. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const DATA = /^\/(?:api|metrics)(?:[/?]|$)/

/**
 * Sets the headers of every answer. Next reads the nonce from the *request's* policy header, so the policy is put
 * there too, over whatever the client sent.
 */
export function secureHeaders(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const isData = DATA.test(request.url ?? '/')
  const policy = isData ? DATA_POLICY : contentSecurityPolicy(randomBytes(16).toString('base64'), dev)
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()')
}
