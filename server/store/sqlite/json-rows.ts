/**
 * The rows of one JSON text, `[[…], …]`, into a table; what a conflict comes to may be written after it. The rows are
 * materialized: SQLite would write the JSON of a row anew for each of its columns (6.2 µs an event where this takes 3.7).
 * @param columns in the order of the values of a row
 * @param alike columns that are the same in all rows: given before the JSON, in this order
 */
export function insertJsonRows(
  table: string,
  columns: readonly string[],
  alike: readonly string[] = [],
): string {
  const values = [...alike.map((_, index) => `?${index + 1}`), ...columns.map((_, index) => `row->>${index}`)]
  return `INSERT INTO ${table} (${[...alike, ...columns].join(', ')})
WITH given(row) AS MATERIALIZED (SELECT value FROM json_each(?${alike.length + 1}))
SELECT ${values.join(', ')} FROM given WHERE true`
}
