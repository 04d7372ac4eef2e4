import type { CodeRunner } from '@/core/code/contract'
import type { Design } from '@/core/design/document'
import type { Scenario } from '@/core/design/scenario'
import { runScenario, type ScenarioResult } from '@/core/scenario'

/** By scenario id. */
export type ScenarioResults = ReadonlyMap<string, ScenarioResult>

/** Lets the page draw and answer between two stretches of a long run. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve))

/** What a scenario's result depends on, beside itself. Parts that an edit leaves alone keep their identity. */
const modelOf = ({ aggregates, projections, sagas, services }: Design): readonly unknown[] => [
  aggregates,
  projections,
  sagas,
  services,
]

/**
 * Runs a design's scenarios in the page and keeps what they came to: an edit of one scenario runs that one again, an
 * edit of the model all of them.
 */
export class LiveResults {
  private readonly kept = new Map<Scenario, ScenarioResult>()
  private model: readonly unknown[] = []

  constructor(private readonly code: () => CodeRunner) {}

  /**
   * @param onResult told of each that was run, as it comes
   * @param isOver asked between two: whether a newer design has come
   */
  async run(
    design: Design,
    onResults: (results: ScenarioResults) => void,
    isOver: () => boolean,
  ): Promise<void> {
    const model = modelOf(design)
    if (model.some((part, at) => part !== this.model[at])) this.kept.clear()
    this.model = model
    const { scenarios } = design
    for (const scenario of this.kept.keys()) if (!scenarios.includes(scenario)) this.kept.delete(scenario)
    for (const scenario of scenarios) {
      if (this.kept.has(scenario)) continue
      const result = await runScenario(design, scenario, this.code(), { isEnough: isOver, breathe })
      if (isOver()) return
      this.kept.set(scenario, result)
      onResults(this.results(scenarios))
    }
    onResults(this.results(scenarios))
  }

  private results(scenarios: readonly Scenario[]): ScenarioResults {
    return new Map(
      scenarios.flatMap((scenario) => {
        const result = this.kept.get(scenario)
        return result ? [[scenario.id, result] as const] : []
      }),
    )
  }
}
