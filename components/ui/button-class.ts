import { classNames } from './class-names'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ControlSize = 'sm' | 'md'

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: 'border-transparent bg-primary text-primary-ink hover:bg-primary-hover',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-hover',
  ghost: 'border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink',
  danger: 'border-transparent bg-state-failed text-surface hover:bg-danger-hover',
}

const sizes: Readonly<Record<ControlSize, string>> = {
  sm: 'h-6 px-2 text-xs gap-1 [&_svg]:size-3.5',
  md: 'h-7 px-2.5 text-sm gap-1.5 [&_svg]:size-4',
}

/** The look of a button, for a link that stands where a button would. */
export function buttonClass(variant: ButtonVariant, size: ControlSize): string {
  return classNames(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-sm border font-medium',
    'transition-colors duration-hover disabled:opacity-45 disabled:pointer-events-none aria-disabled:opacity-45',
    variants[variant],
    sizes[size],
  )
}
