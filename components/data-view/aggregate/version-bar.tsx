'use client'
import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useEffect } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import { Slider } from '@/components/ui/slider'
import { headOf, isPast, versionShown } from '@/lib/data-store/stream-store'
import { SPEEDS } from '@/lib/run-store/playback'
import { useStepKeys } from '../use-step-keys'
import { When } from '../when'
import { JumpTo } from './jump-to'
import { useStream, useStreamStore } from './stream-context'

/** How long each version stays while playing at speed 1, ms: long enough to read one change. */
const PLAY_MS = 900

/** The one cursor over the stream: keys, buttons or the pointer. What it plays is what was recorded. */
export function VersionBar() {
  const store = useStreamStore()
  const head = useStream(headOf)
  const version = useStream(versionShown)
  const past = useStream(isPast)
  const playing = useStream((state) => state.playing)
  const speed = useStream((state) => state.speed)
  const at = useStream((state) => state.events[versionShown(state) - 1]?.recordedAt)
  const { goTo, step, play, pause, setSpeed } = store.getState()
  useStepKeys(step)

  // one timer for each version: a pause or a jump takes it back
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` starts the next wait
  useEffect(() => {
    if (!playing) return
    if (!past) return pause()
    const timer = setTimeout(() => step(1), PLAY_MS / speed)
    return () => clearTimeout(timer)
  }, [playing, past, version, speed, step, pause])
  return (
    <section
      aria-label="History"
      className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-surface px-2"
    >
      <div className="flex items-center">
        <IconButton size="sm" label="First version" disabled={version === 0} onClick={() => goTo(0)}>
          <ChevronFirst />
        </IconButton>
        <IconButton
          size="sm"
          label="Previous version"
          shortcut="Shift+F10"
          disabled={version === 0}
          onClick={() => step(-1)}
        >
          <StepBack />
        </IconButton>
        <IconButton
          size="sm"
          label={playing ? 'Pause replay' : 'Play history'}
          disabled={head === 0}
          onClick={playing ? pause : play}
        >
          {playing ? <Pause /> : <Play />}
        </IconButton>
        <IconButton size="sm" label="Next version" shortcut="F10" disabled={!past} onClick={() => step(1)}>
          <StepForward />
        </IconButton>
        <IconButton size="sm" label="Latest version" disabled={!past} onClick={() => goTo(null)}>
          <ChevronLast />
        </IconButton>
      </div>
      <div className="min-w-24 flex-1 px-1">
        <Slider
          ariaLabel="Version"
          min={0}
          max={head}
          value={version}
          onValueChange={goTo}
          valueText={(value) => `version ${value} of ${head}`}
        />
      </div>
      <span className="data whitespace-nowrap text-muted">
        {version} / {head}
      </span>
      <div className="w-16 shrink-0">
        <Select
          size="sm"
          ariaLabel="Replay speed"
          value={String(speed)}
          onValueChange={(value) => setSpeed(Number(value))}
          options={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))}
        />
      </div>
      <JumpTo />
      <span className="data w-32 text-right text-muted max-xl:hidden">
        {at === undefined ? 'before any event' : <When at={at} />}
      </span>
    </section>
  )
}
