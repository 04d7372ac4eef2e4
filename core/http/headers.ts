/** What the workbench or the connection itself sets: an operation cannot. */
const RESERVED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'idempotency-key',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** @returns what is wrong with a header, in words; undefined when it may be sent */
export function headerProblem(name: string, value: string): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return `"${name.slice(0, 80)}" is no name of a header`
  if (RESERVED.has(name.toLowerCase())) return `the header ${name} is set by the workbench`
  // A line break would begin a header of its own.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    return `the header ${name} has characters that no header may have`
  return undefined
}
