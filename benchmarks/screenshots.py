"""`python -m benchmarks.screenshots FOLDER`: every screen, narrow to wide, light and dark, as PNG.

With `--docs` only the pictures of the documentation. Needs what the page's benchmark needs.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks import browser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIZES = ((320, 640), (1280, 900), (1920, 1080))
SCHEMES = ("light", "dark")
PATIENCE_MS = 60_000
SHOWN = "() => performance.getEntriesByName('mitral:shown').length > 0"
FONTS = "() => document.fonts.ready.then(() => undefined)"
BUSY = "() => !document.querySelector('[aria-busy=true], progress')"


class Shot(NamedTuple):
    """A picture: its name, the screen and its state, what is pressed first, and its size.

    `whole`: all of the page, or what is seen without scrolling.
    """

    name: str
    screen: str
    link: Mapping[str, Any] = MappingProxyType({})
    press: tuple[str, ...] = ()
    size: tuple[int, int] = SIZES[1]
    scheme: str = SCHEMES[0]
    whole: bool = True

    @property
    def address(self) -> str:
        """What follows the address of the server."""
        text = base64.urlsafe_b64encode(json.dumps(dict(self.link)).encode()).decode().rstrip("=")
        return f"#/{self.screen}" + (f"?m={text}" if self.link else "")


SCREENS = (
    Shot("live", "live"),
    Shot("live-plain", "live", {"words": "plain"}),
    Shot("time", "time", press=("time-run",)),
    Shot("compare", "compare", press=("compare-run",)),
    Shot("learn", "learn"),
    Shot("lesson", "learn", {"open": "ejection_fraction_paradox"}),
    Shot("library", "library"),
    Shot("entry", "library", {"open": "condition"}),
    Shot("model", "model"),
)
_TORN = {"patient": {"cause": "flail_leaflet"}}
DOCS = (
    Shot("page-live", "live", size=(1440, 900), whole=False),
    Shot("page-time", "time", press=("time-run",), size=(1440, 1060), scheme="dark", whole=False),
    Shot(
        "page-compare",
        "compare",
        {
            "heart": {**_TORN, "treatments": ["repair"]},
            "pins": [{"label": "Torn chord", "scenario": _TORN}],
        },
        size=(1440, 900),
        whole=False,
    ),
)


def everywhere(shots: Iterable[Shot]) -> list[Shot]:
    """Each in every size and scheme."""
    return [
        shot._replace(name=f"{shot.name}-{size[0]}-{scheme}", size=size, scheme=scheme)
        for shot in shots
        for size in SIZES
        for scheme in SCHEMES
    ]


def take(chromium: Any, address: str, shot: Shot, folder: Path) -> Path:
    """Save one picture of the whole page; hearts stand still in it."""
    width, height = shot.size
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address + shot.address)
    page.wait_for_function(SHOWN, timeout=PATIENCE_MS)
    for test_id in shot.press:
        button = page.get_by_test_id(test_id)
        if button.count() and button.is_enabled():
            button.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_function(BUSY, timeout=PATIENCE_MS)
    page.evaluate(FONTS)
    path = folder / f"{shot.name}.png"
    page.screenshot(path=path, full_page=shot.whole)
    context.close()
    return path


def main() -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", action="store_true", help="only those of the documentation")
    parser.add_argument("--only", default="", help="only names that begin so")
    asked = parser.parse_args()
    if reason := browser.missing():
        parser.exit(1, f"{reason}\n")
    asked.folder.mkdir(parents=True, exist_ok=True)
    shots = DOCS if asked.docs else everywhere(SCREENS)
    with browser.server() as server, browser.browser() as chromium:
        for shot in shots:
            if shot.name.startswith(asked.only):
                print(take(chromium, server.address, shot, asked.folder), flush=True)


if __name__ == "__main__":
    main()
