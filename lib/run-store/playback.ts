import { headOf, type RunHistory } from './history'

/** Nobody watches an empty stage for longer than this, nor can follow more than a frame. */
const LONGEST_MS = 1500
const SHORTEST_MS = 40

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 10] as const

/** How long event `seq` stays on screen before the next one is shown; null at the end. */
export function playDelayMs(history: RunHistory, seq: number, speed: number): number | null {
  const here = history.events[seq - 1]
  const next = history.events[seq]
  if (!here || !next || seq >= headOf(history)) return null
  return Math.max(SHORTEST_MS, Math.min(next.at - here.at, LONGEST_MS) / speed)
}
