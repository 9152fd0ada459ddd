/** Pages about the model, made readable: what is wide scrolls by itself and has a name. */

const PIECE = /<h([2-6]) id="[^"]*">(.*?)<\/h\1>|<table>|<\/table>|<pre>|<\/pre>/gs

/** Puts every table and every block of equations into a box that may scroll. */
export function boxed(html: string): string {
  let section = ''
  let count = 0
  // a corner of a table that says nothing is no heading
  return html.replaceAll('<th></th>', '<td></td>').replace(PIECE, (piece: string, _level: string | undefined, heading: string | undefined) => {
    if (heading !== undefined) section = heading.replace(/<[^>]*>/g, '')
    else if (piece.startsWith('</')) return `${piece}</div>`
    else {
      count += 1
      const what = piece === '<table>' ? 'Table' : 'Equations'
      return `<div class="scroll" data-label="${what} ${count}${section ? `: ${section}` : ''}">${piece}`
    }
    return piece
  })
}

/** Boxes that are wider than their page can be scrolled by keyboard, and are named; others are not in the way. */
export function scrollable(page: HTMLElement): () => void {
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => mark(target as HTMLElement)))
  page.querySelectorAll<HTMLElement>('.scroll').forEach((box) => observer.observe(box))
  return () => observer.disconnect()
}

function mark(box: HTMLElement): void {
  const wide = box.scrollWidth > box.clientWidth + 1
  if (wide) {
    box.tabIndex = 0
    box.setAttribute('role', 'region')
    box.setAttribute('aria-label', box.dataset.label ?? 'Table')
  } else {
    box.removeAttribute('tabindex')
    box.removeAttribute('role')
    box.removeAttribute('aria-label')
  }
}

/** The citation of the program as BibTeX: author, title, version and licence are its sentences. */
export function bibtex(citation: string): string {
  const [author = '', title = '', version = '', licence = ''] = citation.replace(/\.$/, '').split('. ')
  const fields = [
    ['author', `{${author}}`],
    ['title', title],
    ['version', version.replace(/^Version /, '')],
    ['license', licence],
  ].filter(([, value]) => value)
  return `@software{mitral,\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n')}\n}`
}
