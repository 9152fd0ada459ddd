"""The page as a reader feels it: from a slider to a new beat, frames a second, the first beat.

Everything is measured in a real headless Chromium beside a real server; the machine's own ceilings
(a bare request, an empty page) are measured in the same run.
"""

from __future__ import annotations

import gzip
import json
import urllib.request
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from benchmarks import browser
from benchmarks.table import Table

STEPS = 60
WATCHED_MS = 4000
OPENINGS = 5
LONG_FRAME_MS = 25
VIEWPORT = {"width": 1440, "height": 900}
WISHES = """async (steps) => {
  const slider = document.querySelector('[data-testid=slider-eroa]')
  const marked = (name) => performance.getEntriesByName(name).at(-1)
  const times = []
  for (let i = 0; i < steps; i += 1) {
    const value = 0.05 + 0.55 * Math.abs(Math.sin(i * 0.7))
    slider.value = String(value)
    slider.dispatchEvent(new Event('input', { bubbles: true }))
    const wish = marked('mitral:wish')
    const shown = () => marked('mitral:shown')?.detail === wish.detail
    while (!shown()) await new Promise((done) => setTimeout(done, 1))
    times.push(marked('mitral:shown').startTime - wish.startTime)
    await new Promise((done) => setTimeout(done, 30 + 90 * Math.random()))
  }
  return times
}"""
FRAMES = """(ms) => new Promise((done) => {
  const [began, times] = [performance.now(), []]
  let last = 0
  const frame = (now) => {
    if (last) times.push(now - last)
    last = now
    if (now - began < ms) requestAnimationFrame(frame)
    else done(times)
  }
  requestAnimationFrame(frame)
})"""
SHOWN = "() => performance.getEntriesByName('mitral:shown')[0]?.startTime"


def run(steps: int = STEPS) -> list[Table]:
    """All tables; one that says why, if there is no browser."""
    if reason := browser.missing():
        return [Table("page", notes=[f"skipped: {reason}"])]
    with browser.server() as server, browser.browser() as chromium:
        page = chromium.new_page(viewport=VIEWPORT)
        weight = Weight(page, server.address)
        page.goto(server.address)
        first_beat(page)
        page.wait_for_load_state("networkidle")
        weight.opened()
        page.evaluate(WISHES, 10)
        waits, bare = page.evaluate(WISHES, steps), round_trips(server.address, steps)
        frames = {
            "an empty page": empty(chromium),
            "heart stopped": stopped(page),
            "heart beats": page.evaluate(FRAMES, WATCHED_MS),
            "slider dragged": dragged(page),
        }
        return [
            answers({"slider to new beat painted": waits, "bare POST /simulate": bare}),
            pace(frames),
            opening(chromium, server.address),
            weight.table(),
        ]


def answers(times: dict[str, list[float]]) -> Table:
    """How long a wish takes."""
    table = Table(
        "page: from wish to beat",
        notes=[
            "from the slider's event until after the frame that shows the beat",
            "bare: the same request from a Python client, neither drawn nor painted",
        ],
    )
    for what, ms in times.items():
        hundredths = quantiles(ms, n=100)
        table.add(
            what=what,
            n=len(ms),
            median_ms=median(ms),
            p95_ms=hundredths[94],
            max_ms=max(ms),
        )
    return table


def pace(frames: dict[str, list[float]]) -> Table:
    """How evenly frames follow each other."""
    table = Table("page: frames", notes=[f"over {WATCHED_MS / 1000:g} s each, 60 a second at most"])
    for what, ms in frames.items():
        long = sum(one > LONG_FRAME_MS for one in ms)
        table.add(
            what=what,
            frames_a_second=1000 * len(ms) / sum(ms),
            median_ms=median(ms),
            p95_ms=quantiles(ms, n=100)[94],
            max_ms=max(ms),
            **{f"over_{LONG_FRAME_MS}_ms_percent": 100 * long / len(ms)},
        )
    return table


def round_trips(address: str, repeats: int) -> list[float]:
    """What the server alone takes, in ms, for hearts with changing holes."""
    times = []
    for i in range(repeats):
        patient = {"cause": "flail_leaflet", "eroa_cm2": 0.05 + 0.009 * i}
        request = urllib.request.Request(
            f"{address}api/v1/simulate",
            data=json.dumps({"patient": patient}).encode(),
            headers={"content-type": "application/json"},
        )
        began = perf_counter()
        with urllib.request.urlopen(request) as answer:
            json.load(answer)
        times.append(1e3 * (perf_counter() - began))
    return times


def empty(chromium: Any) -> list[float]:
    """Frames of a page on which nothing is."""
    page = chromium.new_page(viewport=VIEWPORT)
    times = page.evaluate(FRAMES, WATCHED_MS)
    page.close()
    return times


def stopped(page: Any) -> list[float]:
    """Frames while the heart stands still; it beats again afterwards."""
    page.get_by_test_id("play").click()
    times = page.evaluate(FRAMES, WATCHED_MS)
    page.get_by_test_id("play").click()
    return times


def dragged(page: Any) -> list[float]:
    """Frames while the mouse carries the orifice to and fro."""
    page.evaluate(f"() => {{ window.frames_ = ({FRAMES})({WATCHED_MS}) }}")
    box = page.get_by_test_id("slider-eroa").bounding_box()
    middle, began, i = box["y"] + box["height"] / 2, perf_counter(), 0
    page.mouse.move(box["x"] + box["width"] * 0.2, middle)
    page.mouse.down()
    while perf_counter() - began < WATCHED_MS / 1000 + 0.2:
        share = 0.2 + 0.4 * abs((i / 60) % 2 - 1)
        page.mouse.move(box["x"] + box["width"] * share, middle)
        page.wait_for_timeout(16)
        i += 1
    page.mouse.up()
    return page.evaluate("() => window.frames_")


def first_beat(page: Any) -> float:
    """When the first beat was painted, in ms from the start of loading."""
    return page.wait_for_function(SHOWN, polling=5).json_value()


def opening(chromium: Any, address: str) -> Table:
    """From asking for the page to the first beat on it."""
    table = Table("page: first beat after opening", notes=["cold: nothing cached by the browser"])
    cold, warm = [], []
    for _ in range(OPENINGS):
        context = chromium.new_context(viewport=VIEWPORT)
        page = context.new_page()
        for times in (cold, warm):
            page.goto("about:blank")
            page.goto(address)
            times.append(first_beat(page))
        context.close()
    for what, ms in (("cold", cold), ("warm", warm)):
        table.add(cache=what, n=len(ms), median_ms=median(ms), max_ms=max(ms))
    return table


class Weight:
    """Watches what a page loads until it has opened, and what it says for as long as it lives."""

    def __init__(self, page: Any, address: str) -> None:
        self.address, self.complaints = address, []
        self._urls, self._first = [], []
        page.on("request", lambda request: self._urls.append(request.url))
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def opened(self) -> None:
        """What was asked until now opens the page."""
        self._first = list(self._urls)

    def table(self) -> Table:
        """Requests by kind, and what files weigh compressed."""
        files = {url for url in self._first if "/api/" not in url}
        weights = {url: self._weight(url) for url in files if url.startswith(self.address)}
        scripts = [size for url, size in weights.items() if url.endswith(".js")]
        table = Table(
            "page: what it loads",
            notes=["other hosts, console errors: over the whole run", *self.complaints[:5]],
        )
        table.add(
            script_gzip_kB=sum(scripts) / 1000,
            all_files_gzip_kB=sum(weights.values()) / 1000,
            files=len(files),
            API_requests=len(self._first) - len(files),
            other_hosts=sum(not url.startswith(self.address) for url in self._urls),
            console_errors=len(self.complaints),
        )
        return table

    def _weight(self, url: str) -> int:
        with urllib.request.urlopen(url) as answer:
            body = answer.read()
        return len(body) if url.endswith(".woff2") else len(gzip.compress(body, 9))
