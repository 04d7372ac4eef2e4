import type { CodeRunner } from '@/core/code/contract'
import { createPageCodeRunner } from './runner'

let runner: CodeRunner | undefined

/** The page's one sandbox. Its worker starts with the first call. */
export function sharedCodeRunner(): CodeRunner {
  runner ??= createPageCodeRunner()
  return runner
}
