import { attemptSpanId, traceIdOf } from '@/core/trace'
import type { CallAbout } from '../../engine/http-caller'

/**
 * Tells a service which span its own are children of: that of the attempt which calls it. A retry has another one.
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export const traceParent = ({ runId, nodeId, phase, attempt }: CallAbout) => ({
  traceparent: `00-${traceIdOf(runId)}-${attemptSpanId(runId, phase, nodeId, attempt)}-01`,
})
