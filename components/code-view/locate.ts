import { jsonLanguage } from '@codemirror/lang-json'

type Tree = ReturnType<typeof jsonLanguage.parser.parse>
type SyntaxNode = Tree['topNode']

/** Values and names of JSON; the rest of the tree is brackets and commas. */
const VALUES = new Set(['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'])

/** Where in a JSON text a path stands: the offset of its value, or of the nearest thing around it that is there. */
export function locate(text: string, path: readonly (string | number)[]): number {
  let node: SyntaxNode | null = firstValue(jsonLanguage.parser.parse(text).topNode)
  if (!node) return 0
  for (const part of path) {
    const next: SyntaxNode | null = typeof part === 'number' ? item(node, part) : member(text, node, part)
    if (!next) break
    node = next
  }
  return node.from
}

/** The offset at which a text stops being JSON; its end when something is missing there. */
export function firstSyntaxError(text: string): number {
  let found = text.length
  jsonLanguage.parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) found = Math.min(found, from)
    },
  })
  return found
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const list: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) list.push(child)
  return list
}

const firstValue = (node: SyntaxNode): SyntaxNode | null =>
  children(node).find(({ name }) => VALUES.has(name)) ?? null

const item = (node: SyntaxNode, at: number): SyntaxNode | null =>
  children(node).filter(({ name }) => VALUES.has(name))[at] ?? null

function member(text: string, node: SyntaxNode, key: string): SyntaxNode | null {
  for (const property of children(node)) {
    if (property.name !== 'Property') continue
    const name = property.getChild('PropertyName')
    if (name && text.slice(name.from, name.to) === JSON.stringify(key)) return firstValue(property)
  }
  return null
}

/** Both 1-based. */
export function lineAndColumn(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
