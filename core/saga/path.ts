/**
 * Where in a run a node stands. A node of the saga itself is named by its id. Inside another saga that a node runs the
 * path goes on: `ship/reserve`; the rounds of a map or loop are numbered from 0: `each/2`, `each/2/charge`.
 */
export type NodePath = string

/** Ids begin with a letter and hold no slash, rounds are numbers: a path can be taken apart again. */
export const joinPath = (scope: NodePath, part: string | number): NodePath =>
  scope === '' ? String(part) : `${scope}/${part}`

export const splitPath = (path: NodePath): readonly string[] => path.split('/')

export const isRound = (part: string): boolean => /^\d+$/.test(part)

/** The path a level up; `''` for a node of the saga itself. */
export const parentPath = (path: NodePath): NodePath => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** Whether `path` stands inside the node at `outer`. */
export const isInside = (path: NodePath, outer: NodePath): boolean => path.startsWith(`${outer}/`)

/** The place in the design, whatever the round: `each/2/charge` is `each/charge`. Faults and breakpoints are put there. */
export const designPath = (path: NodePath): NodePath =>
  path.includes('/')
    ? splitPath(path)
        .filter((part) => !isRound(part))
        .join('/')
    : path

/** The number of the round that a node is in, the innermost one; null outside of any. */
export function roundOf(path: NodePath): number | null {
  const round = path.includes('/') ? splitPath(path).findLast(isRound) : undefined
  return round === undefined ? null : Number(round)
}
