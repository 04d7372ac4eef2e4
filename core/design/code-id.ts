/**
 * The ids that user functions are called by, in programs and in faults.
 *
 * A part that may hold dots (the name of a command or an event) stands last, or last but for a number, and
 * every other part is an id, which has none: so two different functions never share an id.
 */
const node = (saga: string, nodeId: string): string => `saga.${saga}.${nodeId}`
const compensation = (saga: string, nodeId: string): string => `${node(saga, nodeId)}.compensation`
const body = (saga: string, nodeId: string): string => `${node(saga, nodeId)}.body`
const bodyCompensation = (saga: string, nodeId: string): string => `${body(saga, nodeId)}.compensation`

const inputOf = (owner: string): string => `${owner}.input`
const keyOf = (owner: string): string => `${owner}.key`
const payloadOf = (owner: string): string => `${owner}.payload`
const scriptOf = (owner: string): string => `${owner}.script`
const outputOf = (owner: string): string => `${owner}.output`
const untilOf = (owner: string): string => `${owner}.until`
const itemsOf = (owner: string): string => `${owner}.items`
const branchOf = (owner: string, branch: string): string => `${owner}.branch.${branch}`

export const codeId = {
  /** Owners of an action: `keyOf(codeId.compensation(saga, node))` is the key of a compensating command. */
  node,
  compensation,
  body,
  bodyCompensation,
  inputOf,
  keyOf,
  payloadOf,
  scriptOf,
  outputOf,
  untilOf,
  itemsOf,
  branchOf,

  stepInput: (saga: string, nodeId: string): string => inputOf(node(saga, nodeId)),
  stepOutput: (saga: string, nodeId: string): string => outputOf(node(saga, nodeId)),
  stepKey: (saga: string, nodeId: string): string => keyOf(node(saga, nodeId)),
  stepPayload: (saga: string, nodeId: string): string => payloadOf(node(saga, nodeId)),
  stepScript: (saga: string, nodeId: string): string => scriptOf(node(saga, nodeId)),
  compensationInput: (saga: string, nodeId: string): string => inputOf(compensation(saga, nodeId)),
  compensationKey: (saga: string, nodeId: string): string => keyOf(compensation(saga, nodeId)),
  compensationPayload: (saga: string, nodeId: string): string => payloadOf(compensation(saga, nodeId)),
  compensationScript: (saga: string, nodeId: string): string => scriptOf(compensation(saga, nodeId)),
  branch: (saga: string, nodeId: string, branch: string): string => branchOf(node(saga, nodeId), branch),
  until: (saga: string, nodeId: string): string => untilOf(node(saga, nodeId)),
  items: (saga: string, nodeId: string): string => itemsOf(node(saga, nodeId)),

  response: (service: string, operation: string): string => `service.${service}.${operation}.response`,
  http: (service: string, operation: string, part: 'url' | 'headers' | 'body' | 'response'): string =>
    `service.${service}.${operation}.http.${part}`,

  decide: (aggregate: string, command: string): string => `aggregate.${aggregate}.decide.${command}`,
  evolve: (aggregate: string, event: string): string => `aggregate.${aggregate}.evolve.${event}`,
  rule: (aggregate: string, rule: string): string => `aggregate.${aggregate}.rule.${rule}`,
  isTerminal: (aggregate: string): string => `aggregate.${aggregate}.isTerminal`,
  /** @param version the version that is lifted to `version + 1`; `upcasters[version - 1]` */
  upcast: (aggregate: string, event: string, version: number): string =>
    `aggregate.${aggregate}.upcast.${event}.${version}`,

  projectionKey: (projection: string): string => `projection.${projection}.key`,
  projectionOn: (projection: string, event: string): string => `projection.${projection}.on.${event}`,

  query: (projection: string, query: string): string => `projection.${projection}.query.${query}`,

  policyWhen: (policy: string): string => `policy.${policy}.when`,
  policyInput: (policy: string): string => inputOf(`policy.${policy}`),
  policyKey: (policy: string): string => keyOf(`policy.${policy}`),
  policyPayload: (policy: string): string => payloadOf(`policy.${policy}`),
} as const
