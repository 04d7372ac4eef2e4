export {
  type ChangedAggregate,
  type ChangedDefinitions,
  type ChangedProjection,
  changedDefinitions,
} from './changed-definitions'
export { type CoursePlace, type CoursesCompared, compareCourses } from './compare-courses'
export {
  type DecidedStep,
  type Deciders,
  decideInTurn,
  decideOne,
  type SupposedEvent,
  supposedEvents,
} from './decide-in-turn'
export {
  type AnswerChange,
  answerChange,
  decideAgain,
  type RecordedAnswer,
  type RecordedDecision,
  recordedDecisions,
} from './re-decide'
export { compareRows, type RowChange } from './refold-rows'
export {
  type AggregateFold,
  compareStates,
  foldStates,
  type StreamChange,
  type StreamStates,
} from './refold-stream'
