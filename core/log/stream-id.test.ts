import { expect, it } from 'vitest'
import { checkKey, KEY_CHARS } from '../aggregate/stream'
import { idSchema } from '../design/primitives'
import { ID_CHARS, STREAM_ID_CHARS } from './stream-id'

it('is as long as its longest parts make it', () => {
  for (const more of [0, 1]) {
    expect(idSchema.safeParse('a'.repeat(ID_CHARS + more)).success).toBe(more === 0)
    expect(checkKey('k'.repeat(KEY_CHARS + more)).ok).toBe(more === 0)
  }
  expect(STREAM_ID_CHARS).toBe('commands-'.length + ID_CHARS + '-'.length + KEY_CHARS)
})
