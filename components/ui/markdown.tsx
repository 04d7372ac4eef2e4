import { assertNever } from '@/core/result'
import { readMarkdown, type Span } from './read-markdown'

/** A description as it is meant to be read. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="flex flex-col gap-2 text-sm leading-5">
      {readMarkdown(text).map((block, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are derived and hold no state
        if (block.type === 'list') return <List key={at} {...block} />
        const Tag = block.type === 'heading' ? 'strong' : 'p'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Tag key={at}>
            <Line spans={block.spans} />
          </Tag>
        )
      })}
    </div>
  )
}

function List(props: { readonly isOrdered: boolean; readonly items: readonly (readonly Span[])[] }) {
  const Tag = props.isOrdered ? 'ol' : 'ul'
  return (
    <Tag className={props.isOrdered ? 'list-decimal pl-5' : 'list-disc pl-5'}>
      {props.items.map((spans, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items are derived and hold no state
        <li key={at}>
          <Line spans={spans} />
        </li>
      ))}
    </Tag>
  )
}

const Line = ({ spans }: { readonly spans: readonly Span[] }) =>
  spans.map((span, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the spans are derived and hold no state
    <Stretch key={at} {...span} />
  ))

function Stretch({ text, look }: Span) {
  switch (look) {
    case 'bold':
      return <strong>{text}</strong>
    case 'italic':
      return <em>{text}</em>
    case 'code':
      return <code className="data">{text}</code>
    case 'plain':
      return text
    default:
      return assertNever(look)
  }
}
