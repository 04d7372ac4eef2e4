import type { Checked, Effect } from '@/lib/refold/effect'

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** What an edit does to one definition's history, in a sentence. */
export function effectWords(effect: Effect): string {
  if (effect.kind === 'aggregate') {
    const streams = counted(effect.streams.checked, 'stream', 'streams')
    return effect.changed === 0
      ? `No stream changes (${streams} checked)`
      : `${effect.changed} of ${streams} would change`
  }
  if (effect.kind === 'decisions') {
    const commands = counted(effect.commands, 'command', 'commands')
    return effect.changed === 0
      ? `No answer changes (${commands} decided again)`
      : `${effect.changed} of ${commands} would be answered otherwise`
  }
  const rows = counted(effect.rows, 'row', 'rows')
  if (effect.fault !== null && effect.faultBefore === null) return `It would stop at an event`
  return effect.changed === 0 ? `No row changes (${rows})` : `${effect.changed} of ${rows} would change`
}

/** How much of history the sentence goes by. */
export function checkedWords(effect: Effect): string {
  if (effect.kind === 'projection')
    return `${of(effect.events, 'event', 'events')}${why(effect.events, 'the first events')}`
  if (effect.kind === 'decisions') {
    const left = effect.left === 0 ? '' : `, ${counted(effect.left, 'command', 'commands')} left out`
    const earlier =
      effect.earlier === 0
        ? ''
        : `; ${effect.earlier} were answered by other rules than those before the edit`
    return `${of(effect.streams, 'instance', 'instances')}${left}${why(effect.streams, 'the last to be sent a command')}${earlier}`
  }
  const parts = effect.partly === 0 ? '' : `, ${counted(effect.partly, 'long one', 'long ones')} in part`
  const events = counted(effect.events, 'event', 'events')
  return `${of(effect.streams, 'stream', 'streams')}, ${events}${parts}${why(effect.streams, 'those that changed last')}`
}

const of = ({ checked, total }: Checked, one: string, many: string): string =>
  `checked ${checked} of ${counted(total, one, many)}`

function why({ ended }: Checked, which: string): string {
  if (ended === 'limit') return `: ${which}`
  return ended === 'breaks' ? ': the others break alike' : ''
}

/** All of them, for the line that is always in sight. */
export function summaryWords(effects: readonly Effect[]): string {
  const changed = effects.filter(({ changed }) => changed > 0)
  const stopped = effects.filter(
    (effect) => effect.kind === 'projection' && effect.fault && !effect.faultBefore,
  )
  if (changed.length === 0 && stopped.length === 0) {
    return effects.some(({ kind }) => kind === 'decisions')
      ? 'No recorded stream, row or answer would change'
      : 'No recorded stream or row would change'
  }
  const sum = (kind: Effect['kind']) =>
    changed.filter((effect) => effect.kind === kind).reduce((all, effect) => all + effect.changed, 0)
  return [
    sum('aggregate') === 0 ? [] : [counted(sum('aggregate'), 'stream', 'streams')],
    sum('projection') === 0 ? [] : [counted(sum('projection'), 'row', 'rows')],
    sum('decisions') === 0 ? [] : [counted(sum('decisions'), 'answer', 'answers')],
    stopped.length === 0 ? [] : [`${counted(stopped.length, 'read model stops', 'read models stop')}`],
  ]
    .flat()
    .join(', ')
    .concat(stopped.length > 0 && changed.length === 0 ? '' : ' would change')
}
