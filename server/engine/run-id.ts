import { randomBytesFromPool } from '../random-bytes'

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Letters and digits that read well, one for each byte. */
const lettersOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('')

/**
 * A time and ten letters. What begins together stands together in every index, so a commit of many runs or commands
 * writes few pages: with random ids it cost twice the time.
 * @param at epoch ms
 * @param bytes of which ten are taken, about 50 bits
 */
export const timedId = (at: number, bytes: Uint8Array): string =>
  at.toString(36) + lettersOf(bytes.subarray(0, 10))

export const newRunId = (): string => timedId(Date.now(), randomBytesFromPool(10))
