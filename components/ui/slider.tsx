'use client'
import { Slider as Base } from '@base-ui/react/slider'

export interface SliderProps {
  readonly value: number
  readonly onValueChange: (value: number) => void
  /** Once, when the drag ends. */
  readonly onValueCommitted?: (value: number) => void
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly ariaLabel: string
  /** What a screen reader says instead of the bare number: "event 42 of 97". */
  readonly valueText?: (value: number) => string
  readonly disabled?: boolean
}

export function Slider(props: SliderProps) {
  const { valueText } = props
  return (
    <Base.Root
      value={props.value}
      onValueChange={(next) => props.onValueChange(next)}
      onValueCommitted={(next) => props.onValueCommitted?.(next)}
      min={props.min}
      // a slider of one place would divide by nothing
      max={Math.max(props.max, props.min + (props.step ?? 1))}
      step={props.step}
      disabled={props.disabled || props.max <= props.min}
      className="w-full min-w-24"
    >
      <Base.Control className="flex h-6 touch-none select-none items-center data-disabled:opacity-50">
        <Base.Track className="h-1 w-full rounded-full bg-line-strong">
          <Base.Indicator className="rounded-full bg-accent" />
          <Base.Thumb
            aria-label={props.ariaLabel}
            getAriaValueText={valueText === undefined ? undefined : (_formatted, value) => valueText(value)}
            className="size-3.5 rounded-full border-2 border-accent bg-surface has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-(--focus)"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  )
}
