import type { Design } from '@/core/design/document'

/** An id for a scenario of this name that no other has: `ships-only-what-is-confirmed`, `…-2`. */
export function scenarioId(design: Pick<Design, 'scenarios'>, name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const text = words.join('-').slice(0, 56).replace(/-$/, '')
  const wanted = /^[a-z]/.test(text) ? text : `scenario${text === '' ? '' : `-${text}`}`
  const taken = new Set(design.scenarios.map(({ id }) => id))
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n += 1) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`
}
