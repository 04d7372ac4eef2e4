import type { IncomingMessage, ServerResponse } from 'node:http'
import { noteRoute } from '../requests'
import { PROMETHEUS_TYPE, prometheusText } from './prometheus-text'
import type { Registry } from './registry'

/** Answers `GET /metrics`, for Prometheus. */
export function serveMetrics(registry: Registry) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || request.url?.split('?')[0] !== '/metrics') return false
    noteRoute(request, '/metrics')
    const text = prometheusText(await registry.read())
    response.writeHead(200, {
      'content-type': PROMETHEUS_TYPE,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : text)
    return true
  }
}
