"""What the words mean, in plain and in technical language, and lessons: data for command and page.

`library()` gives every `Entry`, `find(words)` those of a name or synonym; `lessons()` every
`Lesson`; `archetypes()` hearts to begin with. What they are as plain values (`as_dict()`):

    entry      id, kind (one of KINDS), title, also_called, plain, technical,
               scenario (None: no_heart says why), years, no_heart, related (ids),
               sources and references
    scenario   patient, changes, treatments: what `mitral.Patient`, `--set` and `--with` take
    years      so long the heart has lived with its leak before it is treated and shown
    lesson     id, title, plain (title), summary, minutes, hearts (letter: title, scenario, years),
               steps
    step       kind predict: question, options (is, text, because), and either finding, from, to
               (letters), same_within, or grade (a letter) with what to show of its examination;
               kind run: hearts (letters), show (findings); kind explain: text with places to fill
    archetype  id, title, text, scenario, years

Which option is right is not written down: it `is` up, down, same or a severity, and the simulation
says which. {A.lv_ef_percent:.0f} and {A.severity} in a text are filled from heart A.
"""

from __future__ import annotations

from mitral.explain.lessons import Lesson, lessons
from mitral.explain.library import KINDS, Entry, archetypes, find, library

__all__ = ["KINDS", "Entry", "Lesson", "archetypes", "find", "lessons", "library"]
