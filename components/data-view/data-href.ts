/** Addresses of the data pages. */
const base = (designId: string): string => `/w/${encodeURIComponent(designId)}`

export const dataHref = (designId: string): string => `${base(designId)}/data`

export const aggregateHref = (designId: string, aggregate: string, key: string, version?: number): string =>
  `${base(designId)}/data/aggregates/${encodeURIComponent(aggregate)}/${encodeURIComponent(key)}${version === undefined ? '' : `?v=${version}`}`

export const readModelHref = (designId: string, name: string): string =>
  `${base(designId)}/data/read-models/${encodeURIComponent(name)}`

export const consistencyHref = (designId: string): string => `${base(designId)}/data/consistency`

export const runHref = (designId: string, runId: string, seq?: number): string =>
  `${base(designId)}/runs/${encodeURIComponent(runId)}${seq === undefined ? '' : `?seq=${seq}`}`
