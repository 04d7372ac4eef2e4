/** 128 random bits as hex. `crypto.randomUUID` is missing where the page is served over plain HTTP on a network. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
