'use client'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Json } from '@/core/json'
import { momentIn } from '@/lib/moment'
import { classNames } from './class-names'
import { entriesOf, isContainer, type JsonEntry, type JsonMark, markOf } from './json-diff'

export interface JsonViewProps {
  readonly value: Json
  /** Compares with it: changed, added and removed entries are marked. */
  readonly previous?: Json
  readonly ariaLabel?: string
  /** Containers open down to this depth; 0 opens none. One with a change inside is always open. */
  readonly openDepth?: number
}

/** Long lists come a page at a time: a thousand rows of DOM help nobody. */
const PAGE = 100

/** Sign, word and colour of each mark: the colour never stands alone. */
const marks: Readonly<
  Record<JsonMark, { readonly sign: string; readonly word: string; readonly row: string }>
> = {
  same: { sign: '', word: '', row: '' },
  inside: { sign: '', word: '', row: '' },
  changed: { sign: '~', word: 'changed', row: 'bg-soft-unknown' },
  added: { sign: '+', word: 'added', row: 'bg-soft-succeeded' },
  removed: { sign: '−', word: 'removed', row: 'bg-soft-failed line-through decoration-state-failed' },
}

export function JsonView({ value, previous, ariaLabel, openDepth = 2 }: JsonViewProps) {
  const mark = markOf(value, previous)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of rows, not of form controls
    <div role="group" aria-label={ariaLabel ?? 'JSON'} className="data relative overflow-x-auto">
      {isContainer(value) ? (
        <Entries
          value={value}
          previous={mark === 'inside' ? previous : undefined}
          depth={0}
          openDepth={openDepth}
        />
      ) : (
        <div className={classNames('w-fit min-w-full pl-4', marks[mark].row)}>
          <Leaf value={value} previous={mark === 'changed' ? previous : undefined} />
        </div>
      )}
    </div>
  )
}

interface BranchProps {
  readonly depth: number
  readonly openDepth: number
}

function Entries(props: BranchProps & { readonly value: Json; readonly previous: Json | undefined }) {
  const [shown, setShown] = useState(PAGE)
  const entries = entriesOf(props.value, props.previous)
  if (entries.length === 0)
    return <span className="pl-4 text-subtle">{Array.isArray(props.value) ? '[ ]' : '{ }'}</span>
  return (
    <ul className="w-fit min-w-full">
      {entries.slice(0, shown).map((entry) => (
        // a key that was removed and one that is there never meet: entries are by key
        <Row key={entry.key} entry={entry} depth={props.depth} openDepth={props.openDepth} />
      ))}
      {entries.length <= shown ? null : (
        <li style={{ paddingLeft: indent(props.depth) + 16 }}>
          <button type="button" className="text-accent underline" onClick={() => setShown(shown + PAGE)}>
            {Math.min(PAGE, entries.length - shown)} more of {entries.length}
          </button>
        </li>
      )}
    </ul>
  )
}

const indent = (depth: number): number => depth * 14

function Row({ entry, depth, openDepth }: BranchProps & { readonly entry: JsonEntry }) {
  const [toggled, setToggled] = useState<boolean | null>(null)
  const look = marks[entry.mark]
  const container = isContainer(entry.value)
  const open = toggled ?? (entry.mark === 'inside' || depth < openDepth - 1)
  const name = (
    <>
      <span className="text-(--syntax-name)">{entry.key}</span>
      <span className="text-subtle">: </span>
    </>
  )
  return (
    <li data-mark={entry.mark}>
      <div
        className={classNames('flex min-h-5 items-start rounded-[4px]', look.row)}
        style={{ paddingLeft: indent(depth) }}
      >
        {container ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setToggled(!open)}
            className="flex items-start rounded-[4px] pr-1 text-left leading-5 hover:bg-hover"
          >
            <ChevronRight
              aria-hidden
              size={12}
              className={classNames(
                'mx-0.5 mt-1 shrink-0 text-subtle transition-transform',
                open && 'rotate-90',
              )}
            />
            <span>
              {name}
              <span className="text-subtle">{summary(entry.value)}</span>
            </span>
          </button>
        ) : (
          <span className="pl-4 leading-5">
            {name}
            <Leaf value={entry.value} previous={entry.previous} moment={momentIn(entry.key, entry.value)} />
          </span>
        )}
        {look.word === '' ? null : (
          <span className="ml-auto pr-1 pl-3 leading-5 text-muted no-underline">
            <span aria-hidden>{look.sign}</span> <span className="sr-only">{look.word}</span>
          </span>
        )}
      </div>
      {container && open ? (
        <Entries
          value={entry.value}
          previous={entry.mark === 'inside' ? entry.previous : undefined}
          depth={depth + 1}
          openDepth={openDepth}
        />
      ) : null}
    </li>
  )
}

function summary(value: Json): string {
  if (Array.isArray(value)) return `[${value.length}]`
  const keys = isContainer(value) ? Object.keys(value) : []
  return keys.length > 4 ? `{${keys.slice(0, 3).join(', ')}, … ${keys.length}}` : `{${keys.join(', ')}}`
}

interface LeafProps {
  readonly value: Json
  readonly previous: Json | undefined
  /** What epoch ms are for a person. */
  readonly moment?: string | null
}

function Leaf({ value, previous, moment = null }: LeafProps) {
  return (
    <>
      {previous === undefined ? null : (
        <>
          <del className="text-muted">
            {isContainer(previous) ? summary(previous) : JSON.stringify(previous)}
          </del>
          <span className="text-muted"> → </span>
        </>
      )}
      <span
        className={classNames('break-words', colourOf(value), moment !== null && 'cursor-help')}
        title={moment ?? undefined}
      >
        {isContainer(value) ? summary(value) : JSON.stringify(value)}
      </span>
    </>
  )
}

function colourOf(value: Json): string {
  if (typeof value === 'string') return 'text-(--syntax-string)'
  if (typeof value === 'number') return 'text-(--syntax-number)'
  return 'text-(--syntax-keyword)'
}
