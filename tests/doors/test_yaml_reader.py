"""The YAML reader: what it accepts, and one clear line for everything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mitral import Findings, InputError, Patient
from mitral.patient.faults import build
from mitral.patient.readers.yaml import read

GOOD = """\
name: A case
age_years: 61
sex: female
eroa_cm2: 0.4
factors:
  v0_lv: 1.3
parameters:
  r_sys: 1.1
findings:
  lv_edv_ml: 190
"""


def fault(path: Path, content: str | bytes) -> str:
    """The message that a file with this content is refused with."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError) as caught:
        read(path)
    return str(caught.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "case.yaml"


@pytest.mark.parametrize("change", [lambda t: t, lambda t: "\ufeff" + t.replace("\n", "\r\n")])
def test_a_file_is_read_with_any_line_ending_and_byte_order_mark(file: Path, change) -> None:
    file.write_bytes(change(GOOD).encode())
    assert read(file) == Patient(
        name="A case",
        age_years=61,
        sex="female",
        eroa_cm2=0.4,
        factors={"v0_lv": 1.3},
        parameters={"r_sys": 1.1},
        findings=Findings(lv_edv_ml=190),
    )


def test_empty_sections_are_as_if_left_out(file: Path) -> None:
    file.write_text("findings:\nfactors:\nparameters:\neroa_cm2:\n")
    assert read(file) == Patient()


def test_numbers_are_what_they_look_like(file: Path) -> None:
    # Older YAML reads 060 as octal 48.
    file.write_text("age_years: 060\nweight_kg: 8e1\n")
    assert read(file) == Patient(age_years=60, weight_kg=80)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("eroa_cm2: 40", ("line 1", "40 cm²", "0 to 1.5 cm²", "did you mean 0.4 (40 mm²)?")),
        ("eroa_cm2: -0.4", ("-0.4 cm²", "0 to 1.5 cm²")),
        ("eroa_cm2: 0,4", ("'0,4'", "write 0.4 (with a point)")),
        ("eroa_cm2: 40 mm2", ("'40 mm2'", "cm²", "write 0.4 (without the unit)")),
        ("eroa_cm2: some", ("'some'", "not a number in cm²")),
        ("height_cm: 1.78", ("1.78 cm", "120 to 220 cm", "did you mean 178 (1.78 m)?")),
        ("weight_kg: 75000", ("30 to 200 kg", "did you mean 75 (75000 g)?")),
        ("age_years: yes", ("age_years is true, not a number in years",)),
        ("age_years: .nan", ("age_years is nan", "between 18 and 100 years")),
        ("age_years: .inf", ("age_years is inf", "between 18 and 100 years")),
        ("age_years: " + "9" * 400, ("age_years is inf",)),
        ("age_years:", ("age_years has no value", "take the line out")),
        ("age_years: [48]", ("age_years is a list",)),
        ("heart_rate_bpm: 1:05", ("'1:05'", "not a number in bpm")),
        ("agee_years: 48", ("'agee_years' is unknown", "did you mean 'age_years'?")),
        ("? [a]\n: 3", ("plain word",)),
        ("sex: woman", ("'woman'", "male or female")),
        ("sex:", ("sex has no value",)),
        ("adapted: 7", ("adapted is 7", "true or false")),
        ("name: 12", ("name is 12, not a text", "quotes")),
        ("findings: 3", ("findings must be a list of 'name: value' lines",)),
        ("findings:\n  lv_edv_ml: 0.15", ("line 2", "did you mean 150 (0.15 L)?")),
        ("findings:\n  lv_ef_percent: 0.6", ("line 2", "did you mean 60 (0.6 as a fraction)?")),
        ("findings:\n  aortic_systolic_mmhg: 16", ("did you mean 120 (16 kPa)?",)),
        ("findings:\n  lv_edv: 150", ("finding 'lv_edv' is unknown", "'lv_edv_ml'")),
        (
            "findings:\n  lv_edv_ml: 100\n  lv_esv_ml: 120",
            ("lv_esv_ml is 120 mL", "not below lv_edv_ml (100 mL)", "exchanged"),
        ),
        (
            "findings:\n  lv_edv_ml: 100\n  lv_esv_ml: 50\n  lv_ef_percent: 70",
            ("70 %", "100 and 50 mL", "50 %"),
        ),
        ("parameters:\n  r_sis: 1", ("line 2", "'r_sis' is unknown", "did you mean 'r_sys'?")),
        ("parameters:\n  eroa: 40", ("eroa is 40 cm²", "0.4 (40 mm²)")),
        ("parameters:\n  r_sys: .nan", ("r_sys is nan", "between 0.2 and 4")),
        ("parameters:\n  r_sys: true", ("r_sys is true, not a number in mmHg·s/mL",)),
        ("factors:\n  v0_lv: -1", ("factor of v0_lv is -1", "above 0")),
        ("factors:\n  v0_lv: 0", ("factor of v0_lv is 0", "above 0")),
        ("factors:\n  v0_lw: 1", ("did you mean 'v0_lv'?",)),
    ],
)
def test_a_wrong_value_is_told_with_unit_range_and_remedy(
    file: Path, text: str, words: tuple[str, ...]
) -> None:
    message = fault(file, text)
    assert "case.yaml" in message
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ("is empty", "mitral new")),
        (b" \n\n", ("is empty",)),
        ("# nothing", ("nothing but comments",)),
        ("- 1\n- 2", ("'name: value'",)),
        ("just words", ("'name: value'",)),
        ("age_years: 48\nheight_cm: [1,\n", ("line 3, column 1", "not valid YAML")),
        ("name: a: b", ("line 1, column 8", "in quotes")),
        ("findings:\n\tlv_edv_ml: 100", ("line 2", "spaces, not tabs")),
        ("age_years: 48\nage_years: 49", ("line 2", "age_years stands twice, first on line 1")),
        (
            "findings:\n  lv_edv_ml: 1\n  lv_edv_ml: 2",
            ("line 3", "lv_edv_ml stands twice, first on line 2"),
        ),
        ("age_years: 40\n---\nage_years: 50", ("line 2", "not valid YAML")),
        ("name: caf\xe9".encode("latin-1"), ("line 1", "not text in UTF-8", "0xe9")),
        ("name: a".encode("utf-16"), ("not text in UTF-8",)),
        (b"a: \0\0\0", ("U+0000",)),
        (b"\x89PNG\r\n\x1a\n\0\0", ("not text in UTF-8",)),
        ("a: &x 1\nb: *x", ("line 1", "anchors")),
        ("age_years: !!python/object:os.system 3", ("line 1", "tags")),
        ("a: " + "[" * 5000, ("line 1", "levels deep")),
        ("a: " + "{b: " * 5000, ("line 1", "levels deep")),
    ],
)
def test_what_is_not_a_patient_file_is_told_with_its_line(
    file: Path, content: str | bytes, words: tuple[str, ...]
) -> None:
    message = fault(file, content)
    for word in words:
        assert word in message


def test_an_alias_bomb_is_refused_at_once(file: Path) -> None:
    rows = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    assert "anchors" in fault(file, "\n".join(rows))


def test_the_first_of_several_faults_is_told_and_the_others_are_counted(file: Path) -> None:
    message = fault(file, "weight_kg: 1\nheight_cm: 1\nsex: x\nfindings:\n  lv_edv_ml: 1\n")
    assert "weight_kg" in message
    assert message.endswith("(and 3 more)")


def test_a_missing_file_a_folder_and_a_folder_as_file_are_told(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path / "none.yaml", "does not exist"),
        (tmp_path, "is a folder"),
        (Path(__file__) / "x.yaml", "cannot be read"),
        (tmp_path / ("x" * 400), "cannot be read"),
        (tmp_path / "a\0b", "cannot be read"),
    ):
        with pytest.raises(InputError, match=words) as caught:
            read(path)
        assert "\n" not in str(caught.value)


def test_a_huge_file_is_refused_before_it_is_opened(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(100_000_000)

    def opened(*_: object, **__: object) -> None:
        pytest.fail("the file was opened")

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(InputError, match=r"has 100\.0 MB, more than the 1 MB allowed"):
        read(file)


def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="more than the 1 MB"):
        read("/dev/zero")


WORDS = st.sampled_from(
    [*Patient.model_fields, *Findings.model_fields, "v0_lv", "r_sys", "48", "0.4", "true", "~"]
)
MARKS = st.sampled_from(
    [": ", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", "&a ", "*a", "!!int ", "'", '"', "#", "\\"]
)
PIECES = st.lists(st.one_of(WORDS, MARKS, st.text(max_size=3)), max_size=30).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def refused_in_one_line(error: InputError) -> None:
    text = str(error)
    assert text.isprintable()
    assert len(text) < 2500


@settings(max_examples=300, deadline=None)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200), PIECES))
def test_no_content_raises_anything_but_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes | str
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(
        content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    )
    try:
        assert isinstance(read(path), Patient)
    except InputError as error:
        refused_in_one_line(error)


@settings(max_examples=300, deadline=None)
@given(values=st.dictionaries(WORDS, VALUES, max_size=5))
def test_no_values_raise_anything_but_an_input_error(values: dict[str, object]) -> None:
    try:
        assert isinstance(build(values), Patient)
    except InputError as error:
        refused_in_one_line(error)
