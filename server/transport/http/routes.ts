import { openApiRoute } from './openapi'
import type { Route } from './route'
import { designRoutes } from './routes-designs'
import { logRoutes } from './routes-log'
import { modelRoutes } from './routes-model'
import { runRoutes } from './routes-runs'

const calls: readonly Route[] = [...designRoutes, ...runRoutes, ...modelRoutes, ...logRoutes]

/** The whole HTTP interface. */
export const routes: readonly Route[] = [...calls, openApiRoute(calls)]
