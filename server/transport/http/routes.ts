import { openApiRoute } from './openapi'
import type { Route } from './route'
import { causeRoutes } from './routes-causes'
import { designRoutes } from './routes-designs'
import { logRoutes } from './routes-log'
import { modelRoutes } from './routes-model'
import { projectionRoutes } from './routes-projections'
import { runRoutes } from './routes-runs'
import { scenarioRoutes } from './routes-scenarios'
import { travelRoutes } from './routes-travel'

const calls: readonly Route[] = [
  ...designRoutes,
  ...runRoutes,
  ...modelRoutes,
  ...projectionRoutes,
  ...logRoutes,
  ...travelRoutes,
  ...causeRoutes,
  ...scenarioRoutes,
]

/** The whole HTTP interface. */
export const routes: readonly Route[] = [...calls, openApiRoute(calls)]
