/** Addresses of the data pages. */
const base = (designId: string): string => `/w/${encodeURIComponent(designId)}`

export const dataHref = (designId: string): string => `${base(designId)}/data`

export const aggregateHref = (designId: string, aggregate: string, key: string, version?: number): string =>
  `${base(designId)}/data/aggregates/${encodeURIComponent(aggregate)}/${encodeURIComponent(key)}${version === undefined ? '' : `?v=${version}`}`

export const readModelHref = (designId: string, name: string): string =>
  `${base(designId)}/data/read-models/${encodeURIComponent(name)}`

export const runHref = (designId: string, runId: string, seq?: number): string =>
  `${base(designId)}/runs/${encodeURIComponent(runId)}${seq === undefined ? '' : `?seq=${seq}`}`

/** The definition in the model editor: `rule:Order.not-empty`, `command:Order.ShipOrder`, `aggregate:Order`. */
export const definitionHref = (designId: string, at: string): string => `${base(designId)}/model?at=${at}`
