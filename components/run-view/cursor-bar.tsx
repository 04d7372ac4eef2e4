'use client'
import { ChevronFirst, ChevronLast, Pause, Play, Radio, StepBack, StepForward } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import { Slider } from '@/components/ui/slider'
import { isTerminal } from '@/core/saga'
import { headOf } from '@/lib/run-store/history'
import { SPEEDS } from '@/lib/run-store/playback'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, seqShown, stateNow } from '@/lib/run-store/run-store'

/** The one cursor's controls. What it plays is what was recorded: nothing is called again. */
export function CursorBar() {
  const store = useRunStore()
  const head = useRun(({ history }) => headOf(history))
  const seq = useRun(seqShown)
  const past = useRun(isPast)
  const playing = useRun((run) => run.playing)
  const speed = useRun((run) => run.speed)
  const ended = useRun((run) => isTerminal(stateNow(run).status))
  const { goTo, step, play, pause, setSpeed } = store.getState()
  const liveWord = ended ? 'Latest' : 'Live'
  return (
    <section
      aria-label="Replay"
      className="flex h-10 shrink-0 items-center gap-2 border-t border-line bg-surface px-2"
    >
      <div className="flex items-center">
        <IconButton size="sm" side="top" label="First event" disabled={seq <= 1} onClick={() => goTo(1)}>
          <ChevronFirst />
        </IconButton>
        <IconButton
          size="sm"
          side="top"
          label="Step back"
          shortcut="Shift+F10"
          disabled={seq <= 1}
          onClick={() => step(-1)}
        >
          <StepBack />
        </IconButton>
        <IconButton
          size="sm"
          side="top"
          label={playing ? 'Pause replay' : 'Play'}
          disabled={head < 2}
          onClick={playing ? pause : play}
        >
          {playing ? <Pause /> : <Play />}
        </IconButton>
        <IconButton
          size="sm"
          side="top"
          label="Step forward"
          shortcut="F10"
          disabled={!past}
          onClick={() => step(1)}
        >
          <StepForward />
        </IconButton>
        <IconButton size="sm" side="top" label="Last event" disabled={!past} onClick={() => goTo(null)}>
          <ChevronLast />
        </IconButton>
      </div>
      <div className="min-w-16 flex-1 px-1">
        <Slider
          ariaLabel="Cursor"
          min={1}
          max={Math.max(1, head)}
          value={Math.max(1, seq)}
          onValueChange={goTo}
          valueText={(value) => `event ${value} of ${head}`}
        />
      </div>
      <span className="data whitespace-nowrap text-muted">
        {seq} / {head}
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
      <Button size="sm" icon={<Radio />} aria-pressed={!past} disabled={!past} onClick={() => goTo(null)}>
        {liveWord}
      </Button>
      <span className="whitespace-nowrap text-xs text-subtle max-lg:sr-only">Replay (recorded results)</span>
    </section>
  )
}
