"""What people call things: spelling that does not matter, capitals that do, words that are left."""

from __future__ import annotations

import re
from functools import cache

from mitral.disease.causes import condition_names, normalise

THE_LEAK = "mitral regurgitation"
"""What every name of the leak stands for within a longer name."""
_SPELLINGS = (("æ", "e"), ("œ", "e"), ("ae", "e"), ("oe", "e"), ("isation", "ization"))
_CAPITALS = (
    *("ACE", "ACEi", "AF", "AFib", "AFMR", "ARB", "ARNI", "Barlow", "CAD", "CRT", "DCM"),
    *("Entresto", "GTN", "HFpEF", "IABP", "Libman", "Marfan", "MDMA", "MitraClip", "MR", "MVP"),
    *("MVR", "Nipride", "Pascal", "Sacks", "Shone", "SLE", "VVI"),
)
_WRITTEN = {word.lower(): word for word in _CAPITALS}
_SMALL = {
    *("a", "an", "and", "are", "does", "in", "is", "my"),
    *("of", "on", "the", "to", "what", "with"),
}


def spoken(name: str) -> str:
    """A name of a catalogue as people write it: spaces, and capitals where they belong."""
    return " ".join(_WRITTEN.get(word, word) for word in name.replace("_", " ").split())


def spelled(words: str) -> str:
    """Words without case, accents and hyphens; oedema is edema, ischaemic is ischemic."""
    plain = words.lower()
    for british, american in _SPELLINGS:
        plain = plain.replace(british, american)
    return normalise(plain).replace("_", " ")


def folded(words: str) -> str:
    """The same, and a leak is a leak by any name: 'acute insufficiency' is acute regurgitation."""
    return _leak().sub(THE_LEAK, spelled(words))


@cache
def _leak() -> re.Pattern[str]:
    """Any name of the leak, the longest first."""
    names = sorted(map(spelled, condition_names()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def has_all(name: str, words: str) -> bool:
    """Whether a name has every word that carries a question: 'what is a clip' asks for clip."""
    for form in (spelled, folded):
        wanted = set(form(words).split()) - _SMALL
        if wanted and wanted <= set(form(name).split()):
            return True
    return False
