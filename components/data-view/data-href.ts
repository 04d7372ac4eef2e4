/** Addresses of the data pages. */
const base = (designId: string): string => `/w/${encodeURIComponent(designId)}`

export const dataHref = (designId: string): string => `${base(designId)}/data`

export const aggregateHref = (designId: string, aggregate: string, key: string, version?: number): string =>
  `${base(designId)}/data/aggregates/${encodeURIComponent(aggregate)}/${encodeURIComponent(key)}${version === undefined ? '' : `?v=${version}`}`

export const readModelHref = (designId: string, name: string): string =>
  `${base(designId)}/data/read-models/${encodeURIComponent(name)}`

export const consistencyHref = (designId: string): string => `${base(designId)}/data/consistency`

/** What led to an event and what followed from it; an event is known by its position in the log. */
export const causationHref = (designId: string, position: number): string =>
  `${base(designId)}/data/causation/${position}`

/**
 * The definition in the model editor.
 * @param id of what belongs to an aggregate with its name: `Order.not-empty`, `Order.ShipOrder`
 */
export const definitionHref = (
  designId: string,
  kind: 'aggregate' | 'command' | 'rule' | 'policy' | 'projection',
  id: string,
): string => `${base(designId)}/model?at=${kind}:${encodeURIComponent(id)}`

export const runHref = (designId: string, runId: string, seq?: number): string =>
  `${base(designId)}/runs/${encodeURIComponent(runId)}${seq === undefined ? '' : `?seq=${seq}`}`

/** Several things of a design at one position of its log; without a position, at the latest. */
export function atHref(
  designId: string,
  {
    position,
    streams = [],
    projections = [],
  }: {
    readonly position?: number | null
    readonly streams?: readonly string[]
    readonly projections?: readonly string[]
  } = {},
): string {
  const query = new URLSearchParams()
  if (position !== undefined && position !== null) query.set('position', String(position))
  if (streams.length > 0) query.set('streams', streams.join(','))
  if (projections.length > 0) query.set('projections', projections.join(','))
  return `${base(designId)}/data/at${query.size === 0 ? '' : `?${query}`}`
}
