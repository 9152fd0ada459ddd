"""The pages about the model as safe HTML, how to cite it, and the works that it stands on."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

import mitral
from mitral.references import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

PAGES = ("model", "physiology", "validation")
"""By the names of their files, in the order to be read."""
_PACKAGE = Path(mitral.__file__).parent
_FOLDERS = (_PACKAGE / "web" / "pages", _PACKAGE.parent.parent / "docs")
"""Where the pages are: beside the program once it is built, among the sources until then."""
_BELOW = 1
"""A page stands under a heading of its own: its headings are so much smaller."""


@cache
def about() -> dict[str, Any]:
    """Pages with their sections, the citation, every reference."""
    return {
        "pages": [_page(name, path) for name in PAGES if (path := _file(name)) is not None],
        "citation": citation(),
        "references": [
            {"key": key, "text": work.text, "doi": work.fields.get("doi", "")}
            for key, work in load().items()
        ],
        "notice": mitral.NOTICE,
    }


def citation() -> str:
    """How this program is cited."""
    return (
        f"The mitral developers. mitral: simulation of a leaking mitral valve, the heart and the "
        f"circulation. Version {mitral.__version__}. Apache-2.0."
    )


def _file(name: str) -> Path | None:
    found = (folder / f"{name}.md" for folder in _FOLDERS)
    return next((path for path in found if path.is_file()), None)


def _page(name: str, path: Path) -> dict[str, Any]:
    """A page as HTML without anything that is not text, headings, tables and links to works."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    title, sections = name, []
    if tokens and tokens[0].tag == "h1":
        title, tokens = tokens[1].content, tokens[3:]
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrs["id"] = f"{name}-{len(sections) + 1}"
            sections.append(
                {"id": opening.attrs["id"], "title": _plain(inside), "level": int(opening.tag[1])}
            )
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + _BELOW, 6)}"
        token.attrs.pop("style", None)
        if token.children:
            token.children = _outward(token.children)
    html = reader.renderer.render(tokens, reader.options, {})
    return {"name": name, "title": title, "sections": sections, "html": html}


def _plain(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def _outward(tokens: Sequence[Token]) -> list[Token]:
    """Links to works stay; those to files beside the page, and pictures, become their words."""
    kept: list[Token] = []
    leads_out = False
    for token in tokens:
        if token.type == "link_open":
            leads_out = str(token.attrs.get("href", "")).startswith("https://")
            token.attrs["rel"] = "noreferrer"
        if token.type == "image" or (token.type.startswith("link_") and not leads_out):
            continue
        kept.append(token)
    return kept
