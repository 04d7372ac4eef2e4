/**
 * A number in [0, 1) that depends on nothing but its key: the same seed and place in a run give the same draw,
 * in whatever order things happen. FNV-1a over UTF-16 units, then a murmur3 finaliser.
 */
export function randomAt(...key: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const part of key) {
    const text = `${part}\u0000`
    for (let i = 0; i < text.length; i++) {
      hash ^= text.charCodeAt(i)
      hash = Math.imul(hash, 0x01000193)
    }
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  hash ^= hash >>> 16
  return (hash >>> 0) / 0x1_0000_0000
}
