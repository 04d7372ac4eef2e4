'use client'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, useMemo } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { Json } from '@/core/json'
import { cellText, columnPath, columnsOf } from '@/lib/data-store/row-columns'

export interface RowTableProps {
  readonly rows: readonly { readonly key: string; readonly row: Json }[]
  readonly label: string
  /** The path of a column, or `-path` for downwards; null: by key. */
  readonly sort?: string | null
  /** Given when it can be sorted. */
  readonly onSort?: (sort: string | null) => void
  /** Rows that have just changed. */
  readonly fresh?: ReadonlySet<string>
}

/** Rows with a column for each of their fields, in the order in which fields are first seen. */
export function RowTable({ rows, label, sort = null, onSort, fresh }: RowTableProps) {
  const values = useMemo(() => rows.map(({ row }) => row), [rows])
  const found = columnsOf(values).join('\0')
  // The same columns are the same list, or every row would be drawn again with any of them.
  const columns = useMemo(() => (found === '' ? [] : found.split('\0')), [found])
  return (
    // reached by the keyboard, or its far columns would not be
    <section
      aria-label={`${label}, scrollable`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      className="overflow-x-auto rounded-sm border border-line bg-surface"
    >
      <table aria-label={label} className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-subtle">
            <Heading column="key" path="$key" sort={sort ?? '$key'} onSort={onSort} />
            {columns.map((column) => (
              <Heading
                key={column}
                column={column}
                path={columnPath(column, values)}
                sort={sort}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, row }) => (
            <Row key={key} name={key} row={row} columns={columns} isFresh={fresh?.has(key) ?? false} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  readonly name: string
  readonly row: Json
  readonly columns: readonly string[]
  readonly isFresh: boolean
}

/** Drawn again only when it is another: rows change by the hundred while events stream in. */
const Row = memo(function Row({ name, row, columns, isFresh }: RowProps) {
  return (
    <tr className={classNames('border-b border-line last:border-b-0', isFresh && 'bg-soft-running')}>
      <th scope="row" className="data whitespace-nowrap px-3 py-1.5 text-left font-medium">
        {name}
      </th>
      {columns.map((column) => (
        <td key={column} className="data max-w-72 truncate px-3 py-1.5">
          {cellText(row, column)}
        </td>
      ))}
    </tr>
  )
})

interface HeadingProps {
  readonly column: string
  /** Null when it cannot be sorted by. */
  readonly path: string | null
  readonly sort: string | null
  readonly onSort: ((sort: string | null) => void) | undefined
}

function Heading({ column, path, sort, onSort }: HeadingProps) {
  if (onSort === undefined || path === null) return <th className="px-3 py-1.5 font-medium">{column}</th>
  const direction = sort === path ? 'ascending' : sort === `-${path}` ? 'descending' : undefined
  // up, down, and back to the order of keys
  const next = direction === undefined ? path : direction === 'ascending' ? `-${path}` : null
  return (
    <th aria-sort={direction} className="px-3 py-1 font-medium">
      <button
        type="button"
        onClick={() => onSort(next)}
        className="-mx-1 flex items-center gap-1 rounded-sm px-1 hover:text-ink"
      >
        {column}
        {direction === 'ascending' ? <ArrowUp aria-hidden size={12} /> : null}
        {direction === 'descending' ? <ArrowDown aria-hidden size={12} /> : null}
      </button>
    </th>
  )
}
