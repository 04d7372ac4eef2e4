import type { CodeRunner } from '@/core/code/contract'
import { createPageCodeRunner } from './runner'

let runner: CodeRunner | undefined
let history: CodeRunner | undefined

/** The page's one sandbox. Its worker starts with the first call. */
export function sharedCodeRunner(): CodeRunner {
  runner ??= createPageCodeRunner()
  return runner
}

/** A sandbox beside it for what takes long: folding history anew must not hold up what is typed. */
export function historyCodeRunner(): CodeRunner {
  history ??= createPageCodeRunner()
  return history
}
