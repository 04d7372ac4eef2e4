import type { HrTime } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import { VERSION } from '../../queries/health'

/** Who says it: the same for spans and metrics. */
export async function otlpResource(serviceName: string): Promise<Resource> {
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  return resourceFromAttributes({ 'service.name': serviceName, 'service.version': VERSION })
}

export const SCOPE = { name: 'saga-workbench', version: VERSION }

/** Seconds and nanoseconds. @param ms epoch ms, or a length */
export const hrTime = (ms: number): HrTime => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)]
