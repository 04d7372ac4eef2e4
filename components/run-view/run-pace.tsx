'use client'
import { StepForward } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { isTerminal, type RunMode } from '@/core/saga'
import { MODE_WORDS, PACES } from '@/lib/run-store/pace'
import { useRun } from '@/lib/run-store/run-provider'
import { isPast, stateNow, viewShown } from '@/lib/run-store/run-store'
import { useRunAct } from './use-run-act'

/** How the run goes: by the clock on the wall and how fast, in virtual time, or one step at a time. */
export function RunPace() {
  const act = useRunAct()
  const mode = useRun((run) => stateNow(run).mode)
  const speed = useRun((run) => stateNow(run).speed ?? 1)
  const ended = useRun((run) => isTerminal(stateNow(run).status))
  const past = useRun(isPast)
  const held = useRun((run) => viewShown(run).held.length)
  if (ended) return <span className="text-muted text-xs max-xl:hidden">{MODE_WORDS[mode]}</span>
  const paces = PACES.map((pace) => ({ value: `live ${pace}`, label: pace === 1 ? 'Live' : `Live ${pace}×` }))
  const value = mode === 'live' ? `live ${speed}` : mode
  const options = [
    ...paces,
    ...(paces.some((pace) => pace.value === value) || mode !== 'live'
      ? []
      : [{ value, label: `Live ${speed}×` }]),
    { value: 'virtual', label: MODE_WORDS.virtual },
    { value: 'manual', label: MODE_WORDS.manual },
  ]
  return (
    <div className="flex items-center gap-2">
      {held > 0 && !past ? (
        <Button size="sm" variant="primary" icon={<StepForward />} onClick={() => act({ action: 'step' })}>
          Step
        </Button>
      ) : null}
      <div className="w-32">
        <Select<string>
          size="sm"
          ariaLabel="How it goes"
          value={value}
          options={options}
          disabled={past}
          onValueChange={(next) => {
            const [to, pace] = next.split(' ')
            void act({
              action: 'set-speed',
              mode: to as RunMode,
              ...(pace === undefined ? {} : { speed: Number(pace) }),
            })
          }}
        />
      </div>
    </div>
  )
}
