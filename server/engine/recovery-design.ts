import { addStep, chain, designOf, step } from './testing'

/** Six commands with pauses between them, so that there is time to die in the middle. */
const pause = (id: string): Parameters<typeof designOf>[0][number] => ({ id, type: 'wait', durationMs: 60 })

export const recoveryDesign = designOf(
  [
    addStep('a', 'r'),
    pause('w1'),
    addStep('b', 'r'),
    pause('w2'),
    addStep('c', 'r'),
    pause('w3'),
    step('d'),
    addStep('e', 'r'),
  ],
  chain('start', 'a', 'w1', 'b', 'w2', 'c', 'w3', 'd', 'e'),
)
