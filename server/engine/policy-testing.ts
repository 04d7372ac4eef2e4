import type { DesignInput } from '@/core/design/document'
import type { Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import type { PolicyInfo } from '@/core/protocol'
import { sendCommand } from '../commands/aggregates'
import { policyInfo } from '../queries/policies'
import type { Workbench } from '../workbench'
import { designOf, type NodeInput, step } from './testing'

export type PolicyInput = NonNullable<DesignInput['policies']>[number]

/** Starts `main`, handing the event's data on as its input. */
export const startsMain = (more: Partial<PolicyInput> = {}): PolicyInput => ({
  id: 'starts',
  on: 'Added',
  reaction: { type: 'start-saga', saga: 'main' },
  ...more,
})

/** Adds one to the counter `copy` for each that is added to another. */
export const copiesAdded = (more: Partial<PolicyInput> = {}): PolicyInput => ({
  id: 'copies',
  on: 'Added',
  when: "({ streamId }) => streamId !== 'Counter-copy'",
  reaction: {
    type: 'send-command',
    aggregate: 'Counter',
    command: 'Add',
    key: "() => 'copy'",
    payload: '() => ({ by: 1 })',
  },
  ...more,
})

export const withPolicies = (
  policies: readonly PolicyInput[],
  nodes: readonly NodeInput[] = [step('a')],
): DesignInput =>
  designOf(nodes, nodes.length === 0 ? [] : [`start>${nodes[0]?.id}`], { policies: [...policies] })

export const add = (wb: Workbench, designId: string, key: string, payload: Json = {}) =>
  sendCommand(wb, designId, 'Counter', key, { type: 'Add', payload })

export const infoOf = async (wb: Workbench, designId: string, policy: string): Promise<PolicyInfo> =>
  policyInfo(wb, await wb.catalogue.load(designId), policy)

/** Waits until a policy is as wanted; asked again whenever one changes. */
export async function policyReaches(
  wb: Workbench,
  designId: string,
  policy: string,
  wanted: (info: PolicyInfo) => boolean,
): Promise<PolicyInfo> {
  let changed: () => void = () => undefined
  const stop = wb.policies.onChange(() => changed())
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        changed = resolve
      })
      const info = await infoOf(wb, designId, policy)
      if (wanted(info)) return info
      await next
    }
  } finally {
    stop()
  }
}

export const caughtUp = (wb: Workbench, designId: string, policy: string) =>
  policyReaches(wb, designId, policy, ({ lag, status }) => lag === 0 && status === 'running')

export const streamOf = (
  wb: Workbench,
  designId: string,
  stream: string,
): Promise<readonly RecordedEvent[]> => wb.store.events.read(designId, stream)

/** Puts a policy back to where it was: what a crash between what it did and its checkpoint leaves. */
export async function rewind(wb: Workbench, designId: string, policy: string, to: number): Promise<void> {
  const state = (await wb.store.policies.list(designId)).find((one) => one.policy === policy)
  if (state) await wb.store.policies.save({ ...state, checkpoint: Math.min(state.checkpoint, to) })
}
