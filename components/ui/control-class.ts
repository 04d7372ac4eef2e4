/** The box of everything that is typed into or picked from. */
export const controlClass = [
  'w-full min-w-0 rounded-sm border border-line-strong bg-surface px-2 text-sm text-ink placeholder:text-subtle',
  'transition-colors duration-hover hover:border-subtle',
  'focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-(--focus)',
  'disabled:opacity-50 data-disabled:opacity-50 [&[readonly]]:bg-sunken',
  'aria-invalid:border-state-failed data-invalid:border-state-failed',
].join(' ')

/** One row of a list that floats: select, combobox, menu. */
export const optionClass = [
  'flex min-h-7 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none',
  'data-highlighted:bg-hover data-disabled:opacity-45 [&_svg]:size-4 [&_svg]:shrink-0',
].join(' ')
