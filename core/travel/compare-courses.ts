import { type Json, sameJson } from '../json'

interface Happening {
  readonly type: string
  readonly data: Json
}

/** One place after the point the two courses share: the nth event of either, where it has one. */
export interface CoursePlace<A extends Happening, B extends Happening> {
  readonly happened: A | null
  readonly supposed: B | null
  readonly same: boolean
}

export interface CoursesCompared<A extends Happening, B extends Happening> {
  readonly places: readonly CoursePlace<A, B>[]
  /** Index of the first place where they differ, in what was recorded or in that one of them has ended; null: nowhere. */
  readonly divergesAt: number | null
}

/**
 * Lays what would have happened beside what did, event by event from the version both begin at.
 * Two events are the same when their types and data are: who recorded them, and when, is not part of the course.
 */
export function compareCourses<A extends Happening, B extends Happening>(
  happened: readonly A[],
  supposed: readonly B[],
): CoursesCompared<A, B> {
  const places = Array.from({ length: Math.max(happened.length, supposed.length) }, (_, at) => {
    const [a = null, b = null] = [happened[at], supposed[at]]
    const same = a !== null && b !== null && a.type === b.type && sameJson(a.data, b.data)
    return { happened: a, supposed: b, same }
  })
  const at = places.findIndex(({ same }) => !same)
  return { places, divergesAt: at < 0 ? null : at }
}
