import type { OpenApi, Parameter, Schema } from './openapi'

/** One call of the interface, as the page shows it. */
export interface ApiCall {
  /** Its anchor: `post-designs-id-runs`. */
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly body: Schema | null
  /** Type of the file it takes in place of a body. */
  readonly file: string | null
  readonly answer: { readonly status: string; readonly schema: Schema | null }
  /** Shape of every error answer. */
  readonly problem: Schema | null
}

export interface CallGroup {
  readonly name: string
  readonly calls: readonly ApiCall[]
}

/** First match wins; the order is the order of the page. */
const GROUPS: readonly { readonly name: string; readonly path: RegExp }[] = [
  { name: 'Runs', path: /\/runs\b/ },
  { name: 'Aggregates', path: /\/aggregates\b/ },
  { name: 'Scenarios', path: /\/scenarios\b/ },
  { name: 'Policies', path: /\/policies\b/ },
  { name: 'Looking back', path: /\/(?:at|history|causation|checks|what-if)\b/ },
  { name: 'Events', path: /\/(?:streams|events|log)\b/ },
  { name: 'Read models', path: /\/projections\b/ },
  { name: 'Designs', path: /^\/api\/(?:designs|templates|design-schema\.json)/ },
  { name: 'Server', path: /^/ },
]
const ORDER = [
  'Designs',
  'Runs',
  'Aggregates',
  'Events',
  'Read models',
  'Policies',
  'Looking back',
  'Scenarios',
  'Server',
]

/** The document's calls in groups, each group and call in a stable order. */
export function groupsOf(document: OpenApi): readonly CallGroup[] {
  const groups = new Map<string, ApiCall[]>(ORDER.map((name) => [name, []]))
  for (const call of callsOf(document)) groups.get(groupOf(call.path))?.push(call)
  return [...groups].flatMap(([name, calls]) => (calls.length > 0 ? [{ name, calls }] : []))
}

const groupOf = (path: string): string => GROUPS.find((group) => group.path.test(path))?.name ?? 'Server'

function callsOf({ paths, components }: OpenApi): readonly ApiCall[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): ApiCall => {
      const [status = '200', done] =
        Object.entries(operation.responses).find(([name]) => name.startsWith('2')) ?? []
      return {
        id: anchorOf(method, path),
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        parameters: operation.parameters,
        body: operation.requestBody?.content['application/json']?.schema ?? null,
        file:
          Object.keys(operation.requestBody?.content ?? {}).find((type) => type !== 'application/json') ??
          null,
        answer: { status, schema: done?.content?.['application/json']?.schema ?? null },
        problem: components.schemas.Problem ?? null,
      }
    }),
  )
}

export const anchorOf = (method: string, path: string): string =>
  `${method}-${path.replace(/^\/api\//, '')}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')

/** Keeps the calls in which every word of the query occurs: in method, path, summary or a parameter's name. */
export function searchCalls(groups: readonly CallGroup[], query: string): readonly CallGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return groups
  return groups.flatMap(({ name, calls }) => {
    const found = calls.filter((call) => {
      const text = [name, call.method, call.path, call.summary, ...call.parameters.map((one) => one.name)]
        .join(' ')
        .toLowerCase()
      return words.every((word) => text.includes(word))
    })
    return found.length > 0 ? [{ name, calls: found }] : []
  })
}

/** The call as a line for a shell, with its required parts to be filled in. */
export function curlOf({ method, path, parameters, body, file }: ApiCall, origin: string): string {
  const headers = parameters
    .filter((one) => one.in === 'header' && one.required)
    .map(({ name }) => `-H '${name}: …'`)
  return [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    `'${origin}${path}'`,
    ...headers,
    ...(file === null ? [] : [`-H 'content-type: ${file}'`, '-T FILE']),
    ...(body ? ["-H 'content-type: application/json'", "-d '{…}'"] : []),
  ].join(' ')
}
