import type { Design } from '@/core/design/document'

/** Hands a design to the browser as a file. */
export function downloadJson(design: Design): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(design, null, 2)}\n`], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `${
    design.name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'design'
  }.json`
  link.click()
  URL.revokeObjectURL(url)
}
