import { runScenariosSchema, scenariosAnswerSchema } from '@/core/protocol'
import { runScenarios } from '../../queries/scenarios'
import { answered, type Route, route } from './route'

/** Scenarios: given, when, expect. */
export const scenarioRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/designs/{id}/scenarios/run',
    summary: 'Run the scenarios of a design, or of a document; nothing is recorded',
    body: runScenariosSchema,
    answer: scenariosAnswerSchema,
    handle: async (wb, { params, body }) => answered(await runScenarios(wb, params.id ?? '', body)),
  }),
]
