import Database from 'libsql'
import type { SqlValue, Statement } from './db'

const CONTROL = /^(?:BEGIN|COMMIT|ROLLBACK)\b/

/**
 * A connection of libsql itself, the driver that Prisma's adapter has too, without the two between. Whoever calls stands
 * still until it is done. Its statements are few and come again and again, so each is prepared once: nothing whose text
 * depends on what somebody asked belongs here.
 */
export class Driver {
  private readonly database: Database.Database
  private readonly prepared = new Map<string, Database.Statement>()
  private isClosed = false

  /** @throws what libsql does, when the file cannot be opened */
  constructor(path: string) {
    this.database = new Database(path)
  }

  query(sql: string, args: readonly SqlValue[]): readonly unknown[] {
    return this.statement(sql).all(args)
  }

  /** @returns how many rows it wrote; in a transaction of its own, unless one was begun */
  execute(sql: string, args: readonly SqlValue[]): number {
    this.assertOpen()
    if (CONTROL.test(sql)) {
      this.database.exec(sql)
      return 0
    }
    const run = () => this.statement(sql).run(args).changes
    return this.database.inTransaction ? run() : this.transaction(run)
  }

  /** As `Scripted` says. */
  script(guard: Statement, statements: readonly Statement[]): readonly number[] | null {
    this.assertOpen()
    return this.transaction(() => {
      if (this.statement(guard.sql).get(guard.args) === undefined) return null
      return statements.map(({ sql, args }) => this.statement(sql).run(args).changes)
    })
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.prepared.clear()
    this.database.close()
  }

  /**
   * A prepared statement that does not get the lock stays under way, and while it does, nothing that comes after it on this
   * connection is committed, though each says that it is done. So the lock is taken by itself, by a statement that is
   * thrown away: no prepared one is ever without it.
   */
  private transaction<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.database.exec('COMMIT')
      return result
    } catch (error) {
      this.rollBack()
      throw error
    }
  }

  /** What went wrong first is what is told. */
  private rollBack(): void {
    try {
      if (this.database.inTransaction) this.database.exec('ROLLBACK')
    } catch {}
  }

  private statement(sql: string): Database.Statement {
    this.assertOpen()
    const known = this.prepared.get(sql)
    if (known) return known
    const made = this.database.prepare(sql)
    this.prepared.set(sql, made)
    return made
  }

  /** The driver takes the whole process down when it is asked for something later. */
  private assertOpen(): void {
    if (this.isClosed) throw new Error('the connection is closed')
  }
}
