import type { SagaScenario } from '@/core/design/scenario'

/** Changes a saga's scenario; typing in one field is one step of undo. */
export type ChangeSagaScenario = (field: string, recipe: (draft: SagaScenario) => void) => string | undefined
