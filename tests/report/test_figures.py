"""The picture of a beat: right areas, right words, no label on another, the same bytes again."""

from __future__ import annotations

import dataclasses
import math
import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.image import imread
from matplotlib.text import Text

import mitral
from mitral.beat.beat import Beat
from mitral.errors import InputError
from mitral.report import figures, style
from mitral.report.labels import spread
from mitral.report.loops import end_diastolic_curve, wave_peaks
from mitral.report.phases import at, leak_by_phase, phases, stroke

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

FIELDS = ["v_lv", "p_lv", "v_la", "p_la", "p_ao", "p_peri", "q_av", "q_mv", "q_mr", "q_pvn"]
FIELDS += ["z_av", "z_mv", "time"]
EJECTS, FILLS, LEAKS = (0.05, 0.35), (0.45, 0.80), (0.0, 0.45)
PERIOD = 0.8
NUMBERS = {"heart rate": "75/min", "leak": "40 mL", "LA mean": "18 mmHg"}


def half_sine(time: np.ndarray, span: tuple[float, float], volume: float) -> np.ndarray:
    """A flow (mL/s) that starts and stops at `span` and carries `volume`."""
    length = span[1] - span[0]
    phase = (time - span[0]) / length
    inside = (phase >= 0.0) & (phase <= 1.0)
    return np.where(inside, volume * math.pi / (2.0 * length) * np.sin(math.pi * phase), 0.0)


def drawn_by_hand(leak_ml: float = 40.0, forward_ml: float = 60.0, stretch: float = 1.0) -> Beat:
    """A beat of half sines, 0.8 s long (times `stretch`), with volumes known on paper."""
    time = np.linspace(0.0, PERIOD, 801)
    w = np.zeros(time.size, dtype=[(name, float) for name in FIELDS])
    w["q_av"] = half_sine(time, EJECTS, forward_ml)
    w["q_mr"] = -half_sine(time, LEAKS, leak_ml)
    w["q_mv"] = half_sine(time, FILLS, forward_ml + leak_ml)
    w["q_pvn"] = 150.0 * (0.3 - np.sin(2.0 * math.pi * time / PERIOD)) * (1.0 + leak_ml / 40.0)
    step = time[1]
    net = w["q_mv"] + w["q_mr"] - w["q_av"]
    w["v_lv"] = 150.0 + np.concatenate([[0.0], np.cumsum(0.5 * step * (net[1:] + net[:-1]))])
    w["v_la"] = 70.0 - 0.3 * (w["v_lv"] - 100.0)
    squeeze = np.clip(np.minimum(time / 0.06, (0.46 - time) / 0.12), 0.0, 1.0)
    w["p_lv"] = 4.0 + 6.0 * np.expm1((w["v_lv"] - 50.0) / 80.0) + 110.0 * squeeze
    w["p_la"] = 10.0 + 12.0 * np.sin(math.pi * np.clip(time / 0.55, 0.0, 1.0)) ** 2
    w["p_la"] += 6.0 * np.exp(-0.5 * ((time - 0.72) / 0.03) ** 2)
    w["p_ao"] = 85.0 + 30.0 * np.sin(math.pi * np.clip((time - 0.05) / 0.5, 0.0, 1.0))
    w["z_av"] = (time > EJECTS[0]) & (time < EJECTS[1])
    w["z_mv"] = time > FILLS[0]
    w["z_mv"][[0, -1]] = 1.0
    w["time"] = time * stretch
    for name in ("q_av", "q_mv", "q_mr", "q_pvn"):
        w[name] /= stretch
    heart = {"pr_s": 0.15, "wall_lv_ml": 140.0, "v0_lv_ml": 46.5, "bsa_m2": 1.93}
    return Beat(waveforms=w, heart=heart)


def words(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every visible text with the pixels that it covers."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = []
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip():
            box = Text.get_window_extent(text, canvas.get_renderer())
            if box.width > 1.0:
                found.append((text.get_text(), box))
    return found


def hatched_outlines(figure: Figure, hatch: str) -> list[np.ndarray]:
    """Corners (data coordinates) of every filled outline with this hatching."""
    return [
        np.asarray(path.vertices)
        for axes in figure.axes
        for patch in axes.collections
        if isinstance(patch, PolyCollection) and patch.get_hatch() == hatch
        for path in patch.get_paths()
    ]


def draw(beat: Beat, path: Path | None = None, **more: Any) -> Figure:
    return figures.draw(
        beat, title="By hand", subtitle="a test", numbers=NUMBERS, path=path, **more
    )


def test_leak_in_each_phase_is_the_part_of_the_half_sine_between_the_valve_events():
    """40 mL over 0.45 s: (1 - cos(pi t/0.45))/2 of it has leaked at t."""
    leak = leak_by_phase(drawn_by_hand())
    done = {t: 20.0 * (1.0 - math.cos(math.pi * t / 0.45)) for t in (0.05, 0.35)}
    # the drawn valve steps half-way between two samples of 1 ms: 0.1 mL at the highest flow
    assert leak.contraction_ml == pytest.approx(done[0.05], abs=0.1)
    assert leak.ejection_ml == pytest.approx(done[0.35] - done[0.05], abs=0.2)
    assert leak.relaxation_ml == pytest.approx(40.0 - done[0.35], abs=0.1)
    assert leak.filling_ml == pytest.approx(0.0, abs=0.01)
    assert leak.total_ml == pytest.approx(40.0, rel=1e-5)


def test_parts_of_the_leak_add_up_to_the_integral_of_the_backward_flow():
    beat = drawn_by_hand(33.0)
    beat.waveforms["q_mr"][700:720] = 50.0  # forward through the hole in diastole is no leak
    leak = leak_by_phase(beat)
    backward = np.trapezoid(np.maximum(-beat["q_mr"], 0.0), beat["time"])
    parts = leak.contraction_ml + leak.ejection_ml + leak.relaxation_ml + leak.filling_ml
    assert parts == pytest.approx(backward, rel=1e-12)
    assert leak.total_ml == pytest.approx(backward, rel=1e-12)
    assert stroke(beat).leak_ml == pytest.approx(backward, rel=1e-12)


def test_a_mitral_valve_that_closes_late_leaves_no_isovolumic_contraction():
    beat = drawn_by_hand()
    beat.waveforms["z_mv"][:80] = 1.0  # closes at 0.08 s, the aortic valve opens at 0.05 s
    leak = leak_by_phase(beat)
    assert leak.contraction_ml == 0.0
    parts = leak.ejection_ml + leak.relaxation_ml + leak.filling_ml
    assert parts == pytest.approx(40.0, rel=1e-5)
    assert "isovolumic contraction" not in [phase.name for phase in phases(beat)]


def test_phases_follow_each_other_through_the_whole_beat():
    found = phases(drawn_by_hand())
    assert [p.name.split()[-1] for p in found] == [
        "contraction", "ejection", "relaxation", "filling", "kick",
    ]  # fmt: skip
    assert all(a.stop == b.start for a, b in pairwise(found))
    assert found[-1].stop - found[0].start == pytest.approx(PERIOD)


def test_the_shaded_area_of_the_flow_panel_is_the_regurgitant_volume():
    beat = drawn_by_hand()
    figure = draw(beat)
    shaded = hatched_outlines(figure, style.LEAK_HATCH)
    in_time = [v for v in shaded if v[:, 0].max() < 1.0 and v[:, 1].min() < -50.0]
    area = 0.0
    for v in in_time:
        lower = v[v[:, 1] < 0.0]
        lower = lower[np.argsort(lower[:, 0])]
        inside = (lower[:, 0] > -0.01) & (lower[:, 0] < 0.46)
        area -= np.trapezoid(lower[inside, 1], lower[inside, 0])
    assert area == pytest.approx(leak_by_phase(beat).total_ml, rel=2e-3)


def test_the_hatched_strips_of_the_loop_are_as_wide_as_the_volume_lost():
    beat = drawn_by_hand()
    figure = draw(beat)
    strips = [v for v in hatched_outlines(figure, style.LEAK_HATCH) if v[:, 0].max() > 1.0]
    widths = sorted(float(np.ptp(v[:, 0])) for v in strips)
    leak = leak_by_phase(beat)
    assert widths == pytest.approx([leak.contraction_ml, leak.relaxation_ml], abs=0.15)


def test_the_end_diastolic_curve_is_found_again():
    """The drawn pressure is 4 + 6 (exp((V - 50)/80) - 1): c = 1/80, b = 6 exp((150 - 50)/80)."""
    found = end_diastolic_curve(drawn_by_hand())
    assert found is not None
    a, b, c = found
    assert c == pytest.approx(1.0 / 80.0, rel=0.05)
    assert b == pytest.approx(6.0 * math.exp(100.0 / 80.0), rel=0.05)
    assert a == pytest.approx(4.0 + 6.0 * math.expm1(100.0 / 80.0), rel=0.01)


def test_waves_of_the_atrium():
    beat = drawn_by_hand()
    v, a = wave_peaks(beat)
    assert beat["time"][v] == pytest.approx(0.275, abs=0.002)
    assert beat["p_la"][v] == pytest.approx(22.0, abs=0.01)
    assert a is not None
    assert beat["time"][a] == pytest.approx(0.72, abs=0.002)


def test_curves_repeat_before_and_after_the_beat():
    beat = drawn_by_hand()
    assert at(beat, beat["p_ao"], -0.7) == pytest.approx(at(beat, beat["p_ao"], 0.1))
    assert at(beat, beat["p_ao"], 0.9) == pytest.approx(at(beat, beat["p_ao"], 0.1))


def test_svg_holds_real_text_with_every_label_and_the_notice(tmp_path):
    path = tmp_path / "beat.svg"
    draw(drawn_by_hand(), path, reference=drawn_by_hand(0.0, 90.0), provenance="set adult")
    root = ElementTree.parse(path).getroot()  # noqa: S314 (our own file)
    found = {"".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {
        "By hand", "a test", "75/min", "LA mean", "MV closes", "AV opens", "AV closes", "MV opens",
        "ESPVR", "EDPVR", "healthy", "leak 40 mL · 40 %", "forward 60 mL · 60 %", "leak 40 mL",
        "aortic 60 mL", "mitral filling", "systolic reversal", "v wave 22 mmHg", "a wave 16 mmHg",
        "isovolumic contraction", "ejection", "isovolumic relaxation", "filling", "atrial kick",
        "Aorta", "LV", "LA", "P", "QRS", "T", "drawn", "set adult", mitral.NOTICE,
    } <= found  # fmt: skip


def test_png_and_pdf_can_be_read_and_are_not_empty(tmp_path):
    draw(drawn_by_hand(), tmp_path / "beat.png")
    pixels = imread(tmp_path / "beat.png")
    assert pixels.shape[:2] == (1680, 2600)
    assert pixels[..., :3].std() > 0.05
    draw(drawn_by_hand(), tmp_path / "beat.pdf")
    content = (tmp_path / "beat.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"/Type3" not in content
    assert b"CreationDate" not in content
    assert mitral.NOTICE.encode() in content
    assert len(content) > 10_000


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_the_same_beat_gives_the_same_bytes(tmp_path, kind):
    once, again = (tmp_path / f"{i}.{kind}" for i in "ab")
    for path in (once, again):
        draw(drawn_by_hand(), path)
    assert once.read_bytes() == again.read_bytes()


def test_other_endings_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"svg, pdf, png, not 'gif'"):
        draw(drawn_by_hand(), tmp_path / "beat.gif")
    assert not list(tmp_path.iterdir())


def test_a_beat_that_broke_down_is_refused():
    beat = drawn_by_hand()
    beat.waveforms["p_lv"][5] = math.nan
    with pytest.raises(InputError, match="cannot be drawn"):
        draw(beat)


def assert_legible(figure: Figure) -> None:
    """No label on another, none off the page."""
    found = words(figure)
    assert len(found) > 40
    assert [(a, b) for (a, x), (b, y) in combinations(found, 2) if x.overlaps(y)] == []
    page = figure.bbox
    off = [t for t, box in found if not (page.containsx(box.x0) and page.containsx(box.x1))]
    off += [t for t, box in found if not (page.containsy(box.y0) and page.containsy(box.y1))]
    assert off == []


@pytest.mark.parametrize("leak", [0.0, 3.0, 40.0, 110.0])
@pytest.mark.parametrize(("stretch", "compared"), [(0.5, True), (1.0, False), (1.8, True)])
def test_no_label_stands_on_another_or_off_the_page(leak, stretch, compared):
    beat = drawn_by_hand(leak, 45.0, stretch)
    assert_legible(draw(beat, reference=drawn_by_hand(0.0, 90.0) if compared else None))


@pytest.mark.parametrize(
    ("eroa", "changes"),
    [
        (0.0, {}),
        (0.45, {}),
        (0.5, {"late_share": 0.95}),
        (0.2, {"hr": 120.0}),
        (0.3, {"v0_lv": 100.0, "ctr_lv": 0.55}),
    ],
    ids=["healthy", "acute", "late", "fast", "dilated"],
)
def test_simulated_hearts_are_legible(eroa, changes):
    result = mitral.simulate(mitral.Patient(eroa_cm2=eroa), changes=changes)
    reference = mitral.simulate().beat if eroa else None
    assert_legible(draw(result.beat, reference=reference))


def test_without_a_leak_nothing_says_leak_and_nothing_is_hatched():
    figure = draw(drawn_by_hand(0.0))
    texts = {t for t, _ in words(figure)} - set(NUMBERS)
    assert {t for t in texts if "leak" in t} == {"forward 60 mL, no leak"}
    hatches = {p.get_hatch() for axes in figure.axes for p in [*axes.collections, *axes.patches]}
    assert style.LEAK_HATCH not in hatches


def test_a_valve_that_never_opens_can_be_drawn():
    beat = drawn_by_hand()
    beat.waveforms["z_av"][:] = 0.0
    leak = leak_by_phase(beat)
    assert math.isnan(leak.contraction_ml)
    assert leak.total_ml == pytest.approx(40.0, rel=1e-5)
    texts = {t for t, _ in words(draw(beat))}
    assert "AV opens" not in texts
    assert "MV opens" in texts


def test_long_or_odd_words_stay_words_and_on_the_page():
    figure = figures.draw(
        drawn_by_hand(),
        title="A title\nthat is $much$ too long for its place " * 6,
        subtitle="and a subtitle of the kind " * 12,
        numbers={f"number {i}": "1234 mmHg" for i in range(7)},
        provenance="version and parameter set " * 12,
    )
    found = words(figure)
    assert any(t.startswith("A title that is $much$") and t.endswith("…") for t, _ in found)
    assert [(a, b) for (a, x), (b, y) in combinations(found, 2) if x.overlaps(y)] == []
    assert all(box.x1 <= figure.bbox.x1 for _, box in found)


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    draw(drawn_by_hand())
    assert dict(matplotlib.rcParams) == before


def test_colours_are_told_apart_by_pattern_too():
    """No two curves of a panel share a dash pattern: a grey copy reads as well."""
    dashes = [style.SOLID, style.DASHED, style.DASH_DOT, style.DOTTED]
    assert len({str(d) for d in dashes}) == len(dashes)
    assert re.fullmatch(r"/+", style.LEAK_HATCH)
    assert set(style.VEIN_HATCH) == {"\\"}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([10.0, 50.0], [10.0, 50.0]),
        ([30.0, 30.0], [25.0, 35.0]),
        ([30.0, 26.0, 60.0], [33.0, 23.0, 60.0]),
        ([1.0, 2.0], [4.0, 14.0]),
    ],
)
def test_labels_at_line_ends_keep_their_distance(wanted, expected):
    assert spread(wanted, gap=10.0, floor=4.0) == pytest.approx(expected)


def test_labels_at_line_ends_can_be_kept_below_a_ceiling():
    assert spread([30.0, 30.0, 10.0], 10.0, 4.0, 32.0) == pytest.approx([22.0, 32.0, 10.0])
    assert spread([30.0, 30.0, 30.0], 10.0, 4.0, 20.0) == pytest.approx([4.0, 14.0, 24.0])


def test_the_beat_is_not_changed_by_drawing_it():
    beat = drawn_by_hand()
    before = beat.waveforms.copy()
    draw(dataclasses.replace(beat))
    assert np.array_equal(beat.waveforms, before)
