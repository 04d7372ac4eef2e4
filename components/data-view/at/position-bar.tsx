'use client'
import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useEffect } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import { Slider } from '@/components/ui/slider'
import { isLatest } from '@/lib/data-store/at-store'
import { SPEEDS } from '@/lib/run-store/playback'
import { useStepKeys } from '../use-step-keys'
import { useAt, useAtStore } from './at-context'

/** How long each event stays while playing at speed 1, ms. */
const PLAY_MS = 900

/** The one position: everything on the page is what was true then. */
export function PositionBar() {
  const store = useAtStore()
  const shown = useAt((state) => state.shown)
  const asked = useAt((state) => state.position)
  const playing = useAt((state) => state.playing)
  const loading = useAt((state) => state.loading)
  const speed = useAt((state) => state.speed)
  const latest = useAt(isLatest)
  const { goTo, step, play, pause, setSpeed } = store.getState()
  const head = shown?.head ?? 0
  const start = Math.max(0, (shown?.first ?? 1) - 1)
  const position = asked ?? head

  // the next event is waited for only once this one is on the screen
  // biome-ignore lint/correctness/useExhaustiveDependencies: `position` starts the next wait
  useEffect(() => {
    if (!playing || loading) return
    if (latest) return pause()
    const timer = setTimeout(() => step(1), PLAY_MS / speed)
    return () => clearTimeout(timer)
  }, [playing, loading, latest, position, speed, step, pause])

  useStepKeys(step)
  return (
    <section
      aria-label="Position in the log"
      className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-surface px-3"
    >
      <IconButton
        size="sm"
        label="Before the first event"
        disabled={position <= start}
        onClick={() => goTo(start)}
      >
        <ChevronFirst />
      </IconButton>
      <IconButton
        size="sm"
        label="Previous event"
        shortcut="Shift+F10"
        disabled={position <= start}
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
      <IconButton size="sm" label="Next event" shortcut="F10" disabled={latest} onClick={() => step(1)}>
        <StepForward />
      </IconButton>
      <IconButton size="sm" label="Latest position" disabled={latest} onClick={() => goTo(null)}>
        <ChevronLast />
      </IconButton>
      <div className="min-w-28 flex-1 px-2">
        <Slider
          ariaLabel="Position"
          min={start}
          max={head}
          value={position}
          onValueChange={(value) => goTo(value >= head ? null : value)}
          valueText={(value) => `position ${value} of ${head}`}
        />
      </div>
      <span className="data whitespace-nowrap text-muted">
        {shown === null ? '' : `${position} / ${head}`}
      </span>
      <div className="w-20 shrink-0">
        <Select
          size="sm"
          ariaLabel="Replay speed"
          value={String(speed)}
          onValueChange={(value) => setSpeed(Number(value))}
          options={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))}
        />
      </div>
    </section>
  )
}
