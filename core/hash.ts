/** 64 bits of FNV-1a over a text, as hex. Tells versions of a definition apart; it is no defence against malice. */
export function hashText(text: string): string {
  let high = 0xcbf29ce4
  let low = 0x84222325
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i)
    // Multiply by the prime 2^40 + 0x1b3, in two halves of 32 bits.
    const product = low * 0x1b3
    const carry = Math.floor(product / 0x1_0000_0000)
    const nextHigh = Math.imul(high, 0x1b3) + carry + (low << 8)
    low = product >>> 0
    high = nextHigh >>> 0
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}
