// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Markdown } from './markdown'
import { readMarkdown } from './read-markdown'

afterEach(cleanup)

const html = (text: string): string => {
  const { container } = render(<Markdown text={text} />)
  return (container.firstElementChild?.innerHTML ?? '').replaceAll(/ class="[^"]*"/g, '')
}

describe('a description', () => {
  it('has paragraphs, and bold, italic and code within them', () => {
    expect(html('A **map** is\nnot a *loop*.\n\nSee `POST /a_b/*c*` and _this_.')).toBe(
      '<p>A <strong>map</strong> is not a <em>loop</em>.</p><p>See <code>POST /a_b/*c*</code> and <em>this</em>.</p>',
    )
  })

  it('has headings and lists, also right beneath a line', () => {
    expect(html('# Try\nTwo ways:\n- break **it**\n  again\n- look\n1. then\n2. go')).toBe(
      '<strong>Try</strong><p>Two ways:</p><ul><li>break <strong>it</strong> again</li><li>look</li></ul><ol><li>then</li><li>go</li></ol>',
    )
  })

  it('leaves a mark without its partner, and names with such letters, as they are', () => {
    for (const text of ['2 * 3 * 4', 'order_id and line_id', 'a **b', '`c', '*']) {
      expect(readMarkdown(text)).toEqual([{ type: 'paragraph', spans: [{ text, look: 'plain' }] }])
    }
  })

  it('makes nothing of HTML but its text', () => {
    expect(html('<img src=x onerror=alert(1)> **<b>**')).toBe(
      '<p>&lt;img src=x onerror=alert(1)&gt; <strong>&lt;b&gt;</strong></p>',
    )
  })

  it('is nothing when there is none', () => {
    expect(readMarkdown(' \n\n ')).toEqual([])
  })
})
