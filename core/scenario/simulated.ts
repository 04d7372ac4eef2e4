import type { Design } from '../design/document'
import type { Operation } from '../design/service'

/**
 * The design with nothing in it that goes out into the world where it says what to do instead: an operation that is
 * really called and has a simulated `response` beside that is simulated.
 */
export function simulated(design: Design): Design {
  const calls = design.services.some(({ operations }) => operations.some(isBoth))
  if (!calls) return design
  return {
    ...design,
    services: design.services.map((service) => ({
      ...service,
      operations: service.operations.map((operation) =>
        isBoth(operation) ? withoutHttp(operation) : operation,
      ),
    })),
  }
}

const isBoth = ({ http, response }: Operation): boolean => http !== undefined && response !== undefined

function withoutHttp({ http: _http, ...operation }: Operation): Operation {
  return operation
}
