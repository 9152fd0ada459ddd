import { describe, expect, it } from 'vitest'
import { bibtex, boxed } from './html'

describe('a page about the model', () => {
  it('puts tables and equations into boxes that are named by their section', () => {
    const html = '<pre><code>a</code></pre><h3 id="x-1">Valves &amp; <code>leak</code></h3><p>b</p><table><tr></tr></table>'
    expect(boxed(html)).toBe(
      '<div class="scroll" data-label="Equations 1"><pre><code>a</code></pre></div>' +
        '<h3 id="x-1">Valves &amp; <code>leak</code></h3><p>b</p>' +
        '<div class="scroll" data-label="Table 2: Valves &amp; leak"><table><tr></tr></table></div>',
    )
  })
  it('has no heading that says nothing', () => {
    expect(boxed('<table><th></th><th>EDV</th></table>')).toContain('<td></td><th>EDV</th>')
  })
  it('is left as it is without them', () => {
    expect(boxed('<p>a &lt;table&gt; in words</p>')).toBe('<p>a &lt;table&gt; in words</p>')
  })
})

describe('the citation', () => {
  it('is told as BibTeX', () => {
    expect(bibtex('The mitral developers. mitral: a heart. Version 1.2.0. Apache-2.0.')).toBe(
      '@software{mitral,\n  author = {{The mitral developers}},\n  title = {mitral: a heart},\n  version = {1.2.0},\n  license = {Apache-2.0}\n}',
    )
  })
})
