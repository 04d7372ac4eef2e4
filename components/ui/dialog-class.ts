/** What every dialog shares. */
export const dialogBackdropClass =
  'fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)] transition-opacity duration-panel data-starting-style:opacity-0 data-ending-style:opacity-0'

export const dialogPopupClass = [
  'fixed left-1/2 top-[12vh] z-50 flex max-h-[76vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden',
  'rounded-lg border border-line bg-raised shadow-float outline-none',
  'transition-[opacity,scale] duration-panel data-starting-style:scale-[0.98] data-starting-style:opacity-0 data-ending-style:opacity-0',
].join(' ')

export const dialogWidth = { sm: 'max-w-[420px]', md: 'max-w-[560px]', lg: 'max-w-[860px]' } as const
