import type { CodeCall, CodeProgram, CodeRunner } from '@/core/code/contract'
import { isWorkbenchError } from '@/core/errors'
import type { StreamAppend } from '@/core/log/event'
import type { Store } from '../store/contract'
import type { Observer } from './observer'

/** The store, telling how long each append took. */
export function observedStore(store: Store, observer: Observer | undefined): Store {
  if (!observer) return store
  const { events } = store
  const append = async (appends: readonly StreamAppend[]) => {
    const began = performance.now()
    try {
      const answer = await events.append(appends)
      observer.appended?.(performance.now() - began)
      return answer
    } catch (error) {
      observer.appendRefused?.(isWorkbenchError(error) ? error.code : 'INTERNAL')
      throw error
    }
  }
  return { ...store, events: { ...events, append } }
}

/** The sandbox, telling of each call how it ended and how long it took. */
export function observedCode(code: CodeRunner, observer: Observer | undefined): CodeRunner {
  if (!observer) return code
  return {
    async run<C extends CodeCall>(program: CodeProgram, call: C) {
      const began = performance.now()
      const answer = await code.run(program, call)
      observer.ranCode?.(call.kind, answer.ok ? null : answer.error.code, performance.now() - began)
      return answer
    },
    close: () => code.close(),
  }
}
