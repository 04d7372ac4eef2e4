import { placeOfTarget } from '@/components/model-editor/recipes/places'
import { targetAt } from '@/components/model-editor/recipes/target'
import type { Design } from '@/core/design/document'
import type { Problem } from '@/core/design/problem'
import { placeKey } from '@/core/model-map'

/** The worst that is wrong with each thing on the map, by place key. */
export function mapProblems(
  design: Design,
  problems: readonly Problem[],
): Readonly<Record<string, 'error' | 'warning'>> {
  const marks: Record<string, 'error' | 'warning'> = {}
  for (const { severity, path } of problems) {
    if (severity === 'info') continue
    const key = placeOf(design, path)
    if (key !== null && marks[key] !== 'error') marks[key] = severity
  }
  return marks
}

function placeOf(design: Design, path: Problem['path']): string | null {
  const [list, at] = path
  if (list === 'sagas' && typeof at === 'number') {
    const saga = design.sagas[at]
    return saga ? placeKey.saga(saga.id) : null
  }
  const target = targetAt(design, path)
  return target === null ? null : placeOfTarget(target)
}
