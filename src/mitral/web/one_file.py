"""The built page and what it keeps, as one HTML file that needs no server and no network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING

import mitral
from mitral.errors import InputError
from mitral.web.answers import written
from mitral.web.page import BUILT, INDEX, TYPES, files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SCRIPT = re.compile(r'<script type="module"[^>]* src="\./(?P<file>[^"]+)"></script>\s*')
_STYLE = re.compile(r'<link rel="stylesheet"[^>]* href="\./(?P<file>[^"]+)">\s*')
_ICON = re.compile(r'(?P<before><link rel="icon" href=")\./(?P<file>[^"]+)')
_URL = re.compile(r"url\((?P<quote>[\"']?)\./(?P<file>[^)\"']+)(?P=quote)\)")
_CHARSET = '<meta charset="utf-8" />'
_LICENCES = "/licenses/"
_MISSING = (
    "the page has not been built; install the program again (`pip install .`), or build the page "
    "in the folder web of the sources: npm ci && npm run build"
)
_COMMENT = (
    "mitral {version}. {notice} Every heart in this file was computed when it was written; "
    "nothing is asked of a server, nothing leaves this file."
)


def html(kept: Mapping[str, object], folder: Path = BUILT) -> str:
    """The page with everything inside: script, styles, typeface, and the hearts that it keeps."""
    page = check(folder)
    text = page[INDEX].read_text(encoding="utf-8")
    text = text.replace(_CHARSET, "", 1)
    text, script = _taken(_SCRIPT, text, page)
    text, style = _taken(_STYLE, text, page)
    script, style = _in_html(script), _with_urls(style, page)
    icon = _ICON.search(text)
    if icon is not None:
        text = text.replace(icon[0], icon["before"] + _data(page[f"/{icon['file']}"]))
    comment = _COMMENT.format(version=mitral.__version__, notice=mitral.NOTICE)
    head = (
        f'<meta http-equiv="content-security-policy" content="{_policy(script, style)}" />\n'
        f'<meta name="generator" content="mitral {escape(mitral.__version__)}" />\n'
        f"<style>{style}</style>\n"
    )
    licences = "\n".join(
        path.read_text(encoding="utf-8")
        for name, path in sorted(page.items())
        if name.startswith(_LICENCES)
    )
    body = (
        f'<script type="text/plain" id="licences">\n{_in_html(licences)}</script>\n'
        f'<script type="text/plain" id="mitral-data">{_squeezed(kept)}</script>\n'
        f'<script type="module">{script}</script>\n'
    )
    text = text.replace("<head>", f"<head>\n    <!-- {comment} -->\n    {_CHARSET}\n{head}", 1)
    return text.replace("</body>", f"{body}</body>", 1)


def check(folder: Path = BUILT) -> dict[str, Path]:
    """The files of the page; an `InputError` if it has not been built."""
    page = files(folder)
    if INDEX not in page:
        raise InputError(_MISSING)
    return page


def _taken(tag: re.Pattern[str], text: str, page: Mapping[str, Path]) -> tuple[str, str]:
    """The page without a tag, and the file that it named."""
    found = tag.search(text)
    if found is None:
        raise InputError("the page was built by something else than this program; build it again")
    return text.replace(found[0], "", 1), page[f"/{found['file']}"].read_text(encoding="utf-8")


def _in_html(script: str) -> str:
    """A script that does not end where it speaks of the end of one; it runs as before."""
    return re.sub(r"<(?=/script|!--|script)", r"\\x3C", script, flags=re.IGNORECASE)


def _with_urls(style: str, page: Mapping[str, Path]) -> str:
    return _URL.sub(lambda url: f"url({_data(page['/assets/' + url['file']])})", style)


def _data(path: Path) -> str:
    content = base64.b64encode(path.read_bytes()).decode()
    return f"data:{TYPES[path.suffix]};base64,{content}"


def _policy(script: str, style: str) -> str:
    """Nothing but this script and these styles runs, nothing is fetched."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "font-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _squeezed(kept: Mapping[str, object]) -> str:
    """What is kept as JSON, compressed, in letters that end no tag."""
    return base64.b64encode(gzip.compress(written(kept), mtime=0)).decode()
