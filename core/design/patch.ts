import { isJsonObject, type Json } from '../json'
import type { PatchOperation } from './problem'
import type { DesignPath } from './program'

/**
 * Applies a patch to a document. Pure: shares what it does not touch.
 * Adding at a list index inserts, at its length appends; what stands under a path that is not there is left alone.
 */
export function applyPatch(document: Json, patch: readonly PatchOperation[]): Json {
  return patch.reduce((next, operation) => change(next, operation.path, operation), document)
}

function change(target: Json, path: DesignPath, operation: PatchOperation): Json {
  const [key, ...rest] = path
  if (key === undefined) return operation.op === 'remove' ? null : operation.value
  if (Array.isArray(target) && typeof key === 'number') {
    if (rest.length > 0) return target.map((item, at) => (at === key ? change(item, rest, operation) : item))
    if (operation.op === 'remove') return target.filter((_, at) => at !== key)
    if (operation.op === 'add') return target.toSpliced(key, 0, operation.value)
    return target.map((item, at) => (at === key ? operation.value : item))
  }
  if (!isJsonObject(target)) return target
  if (rest.length > 0) {
    const inner = Object.hasOwn(target, key) ? target[key] : undefined
    return inner === undefined ? target : { ...target, [key]: change(inner, rest, operation) }
  }
  if (operation.op !== 'remove') return { ...target, [key]: operation.value }
  return Object.fromEntries(Object.entries(target).filter(([name]) => name !== String(key)))
}
