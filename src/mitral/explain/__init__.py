"""What the words mean, in plain and in technical language, and lessons: data for command and page.

`library()` gives every `Entry`, `find(words)` those of a name or synonym; `lessons()` every
`Lesson`; `archetypes()` hearts to begin with. All have `as_dict()`.
"""

from __future__ import annotations

from mitral.explain.lessons import Lesson, lessons
from mitral.explain.library import KINDS, Entry, archetypes, find, library

__all__ = ["KINDS", "Entry", "Lesson", "archetypes", "find", "lessons", "library"]
