/** A stretch of a line. */
export interface Span {
  readonly text: string
  readonly look: 'plain' | 'bold' | 'italic' | 'code'
}

export type Block =
  | { readonly type: 'paragraph' | 'heading'; readonly spans: readonly Span[] }
  | { readonly type: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Span[])[] }

const MARKED = /`([^`]+)`|\*\*(\S(?:.*?\S)?)\*\*|(?<![\w*])([*_])(\S(?:.*?\S)?)\3(?![\w*])/g

/** Bold, italic and code within a line; a mark without its partner is text. */
export function readSpans(line: string): readonly Span[] {
  const spans: Span[] = []
  const plain = (text: string): void => {
    if (text !== '') spans.push({ text, look: 'plain' })
  }
  let from = 0
  for (const found of line.matchAll(MARKED)) {
    const [whole, code, bold, , italic] = found
    plain(line.slice(from, found.index))
    if (code !== undefined) spans.push({ text: code, look: 'code' })
    else if (bold !== undefined) spans.push({ text: bold, look: 'bold' })
    else spans.push({ text: italic ?? whole, look: 'italic' })
    from = found.index + whole.length
  }
  plain(line.slice(from))
  return spans
}

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/
const HEADING = /^#{1,6}\s+(.*)$/

/**
 * The little of Markdown that descriptions use: paragraphs, headings, lists, and what stands within a line. Everything
 * else is shown as it was written; nothing of it becomes HTML.
 */
export function readMarkdown(text: string): readonly Block[] {
  return text.split(/\n\s*\n/).flatMap((part) => readPart(part.split('\n')))
}

function readPart(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  let items: string[] = []
  let isOrdered = false
  const end = (): void => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', spans: readSpans(paragraph.join(' ')) })
    if (items.length > 0) blocks.push({ type: 'list', isOrdered, items: items.map(readSpans) })
    paragraph = []
    items = []
  }
  for (const line of lines) {
    const heading = HEADING.exec(line)
    const item = ITEM.exec(line)
    if (heading) {
      end()
      blocks.push({ type: 'heading', spans: readSpans(heading[1] ?? '') })
    } else if (item) {
      const ordered = item[1] !== undefined
      if (items.length === 0 || ordered !== isOrdered) end()
      isOrdered = ordered
      items.push(item[2] ?? '')
    } else if (line.trim() !== '') {
      // a line that goes on beneath an item is part of it
      if (items.length > 0) items.push(`${items.pop()} ${line.trim()}`)
      else paragraph.push(line.trim())
    }
  }
  end()
  return blocks
}
