export type {
  Aggregate,
  CommandDefinition,
  EventDefinition,
  Policy,
  Projection,
  Query,
  Rule,
} from './aggregate'
export { codeId } from './code-id'
export {
  type Design,
  type DesignInput,
  designJsonSchema,
  designSchema,
  FORMAT_VERSION,
  type Point,
  parseDesign,
} from './document'
export {
  findCycles,
  findPath,
  reachableFrom,
  type SagaGraph,
  sagaGraph,
  topologicalOrder,
  wouldCycle,
} from './graph'
export type { HttpBody, HttpCall, HttpErrorMapping, HttpHeaders, HttpStatus, HttpUrl } from './http'
export { DESIGN_LIMITS } from './limits'
export { blockingProblems, canRun, lintDesign } from './lint'
export { applyPatch } from './patch'
export {
  codeProblems,
  type Fix,
  LINT_CODES,
  type LintCode,
  type PatchOperation,
  type Problem,
  type Severity,
} from './problem'
export {
  type CodeEntry,
  codeEntries,
  codePath,
  type DesignPath,
  designProgram,
  evolveHandlers,
  projectionHandlers,
} from './program'
export type {
  Action,
  Branch,
  Compensation,
  RetryRule,
  Saga,
  SagaEdge,
  SagaNode,
  SagaNodeOf,
  StepNode,
} from './saga'
export type { AggregateScenario, ProjectionScenario, SagaScenario, Scenario } from './scenario'
export type { Latency, Operation, OperationError, Service } from './service'
