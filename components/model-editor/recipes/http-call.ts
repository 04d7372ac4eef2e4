import type { HttpCall, HttpStatus } from '@/core/design/http'
import { httpStatusSchema } from '@/core/design/http'

/** What a real call begins as: the address is for the person to write. */
export const newHttpCall = (): HttpCall => ({
  method: 'POST',
  url: { type: 'template', template: 'https://' },
  expectStatuses: ['2xx'],
  errors: [],
  errorCodePath: 'code',
  redirects: 0,
})

/** A template as the expression that gives the same address. */
export function templateAsCode(template: string): string {
  const text = template
    .replace(/[`\\]|\$(?=\{)/g, (char) => `\\${char}`)
    .replace(
      /\{\s*([\w$.-]+)\s*\}/g,
      (_, path: string) => `\${encodeURIComponent(input${path.split('.').map(member).join('')})}`,
    )
  return `(input, ctx) => \`${text}\``
}

const member = (key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${/^\d+$/.test(key) ? key : JSON.stringify(key)}]`

/** Statuses as they are written: `2xx, 404`. */
export const statusesText = (statuses: readonly HttpStatus[]): string => statuses.join(', ')

/** @returns the statuses, or what is wrong in words */
export function readStatuses(text: string): { readonly value: HttpStatus[] } | { readonly wrong: string } {
  const value: HttpStatus[] = []
  for (const part of text.split(/[\s,]+/).filter((one) => one !== '')) {
    const status = httpStatusSchema.safeParse(/^\d+$/.test(part) ? Number(part) : part.toLowerCase())
    if (!status.success) return { wrong: `“${part}” is no status, such as 404 or 2xx` }
    value.push(status.data)
  }
  return value.length === 0 ? { wrong: 'a status is needed, such as 2xx' } : { value }
}
