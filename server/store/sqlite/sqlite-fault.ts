import { WorkbenchError } from '@/core/errors'

/** What SQLite said, as far as the store acts on it. */
export type SqliteFaultKind = 'unique' | 'busy' | 'full' | 'damaged' | 'other'

/** Thrown by every statement that fails. STORE_FULL, STORE_DAMAGED or STORE_UNAVAILABLE to whoever does not look at `kind`. */
export class SqliteFault extends WorkbenchError {
  override readonly name = 'SqliteFault'
  constructor(
    readonly kind: SqliteFaultKind,
    cause: unknown,
  ) {
    super(CODE[kind] ?? 'STORE_UNAVAILABLE', ADVICE[kind], {}, { cause })
  }
}

const CODE: Readonly<Partial<Record<SqliteFaultKind, 'STORE_FULL' | 'STORE_DAMAGED'>>> = {
  full: 'STORE_FULL',
  damaged: 'STORE_DAMAGED',
}

const ADVICE: Readonly<Record<SqliteFaultKind, string>> = {
  unique: 'The store holds this already. Read again and repeat.',
  busy: 'The database is locked by another program. Close it there; nothing was written here.',
  full: 'The disk, or the room given to the database, is full. Free some; nothing was written.',
  damaged:
    'The database file is damaged. Stop, restore it from a copy, or salvage it with `sqlite3 FILE .recover`.',
  other: 'The database does not answer as it should. Nothing unacknowledged may be relied on; repeat it.',
}

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const KIND_OF_CODE: Readonly<Record<number, SqliteFaultKind>> = {
  5: 'busy',
  6: 'busy',
  11: 'damaged',
  13: 'full',
  26: 'damaged',
}
const UNIQUE_CODES: readonly number[] = [1555, 2067]

/** Wraps what a statement threw. */
export function sqliteFault(error: unknown): SqliteFault {
  if (error instanceof SqliteFault) return error
  const code = originalCode(error)
  if (code === undefined) return new SqliteFault('other', error)
  if (UNIQUE_CODES.includes(code)) return new SqliteFault('unique', error)
  // An extended code keeps its primary code in the low byte.
  return new SqliteFault(KIND_OF_CODE[code & 0xff] ?? 'other', error)
}

/** Prisma: `error.meta.driverAdapterError.cause.originalCode`; libsql itself: `error.rawCode`. */
function originalCode(error: unknown): number | undefined {
  const cause = member(member(member(error, 'meta'), 'driverAdapterError'), 'cause') ?? member(error, 'cause')
  const code = member(cause, 'originalCode') ?? member(error, 'rawCode')
  const number = Number(code)
  return code === undefined || Number.isNaN(number) ? undefined : number
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
