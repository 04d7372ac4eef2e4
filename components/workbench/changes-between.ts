import type { Design } from '@/core/design/document'

const LISTS = ['sagas', 'services', 'aggregates', 'projections', 'policies', 'scenarios'] as const
const ONE: Readonly<Record<(typeof LISTS)[number], string>> = {
  sagas: 'saga',
  services: 'service',
  aggregates: 'aggregate',
  projections: 'read model',
  policies: 'policy',
  scenarios: 'scenario',
}

/** What differs between two designs, a line each, in the words of the workbench. */
export function changesBetween(mine: Design, theirs: Design): readonly string[] {
  const lines: string[] = []
  if (mine.name !== theirs.name) lines.push(`The name: "${mine.name}" here, "${theirs.name}" there`)
  if (mine.description !== theirs.description) lines.push('The description')
  for (const list of LISTS) {
    const here = new Map(mine[list].map((item) => [item.id, item]))
    const there = new Map(theirs[list].map((item) => [item.id, item]))
    for (const id of new Set([...here.keys(), ...there.keys()])) {
      const a = here.get(id)
      const b = there.get(id)
      if (!b) lines.push(`The ${ONE[list]} "${id}" is only here`)
      else if (!a) lines.push(`The ${ONE[list]} "${id}" is only there`)
      else if (JSON.stringify(a) !== JSON.stringify(b)) lines.push(`The ${ONE[list]} "${id}"`)
    }
  }
  if (JSON.stringify(mine.layout) !== JSON.stringify(theirs.layout))
    lines.push('Where nodes stand on the canvas')
  return lines
}
