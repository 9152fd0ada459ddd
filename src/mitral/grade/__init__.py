"""How severe the leak is: criteria as data, a verdict on each parameter, the integrated grade."""

from mitral.grade.severity import SEVERITIES, Grade, grade
from mitral.grade.verdict import VERDICTS, Verdict
from mitral.measure.anatomy import NOT_SEEN, Anatomy

__all__ = ["NOT_SEEN", "SEVERITIES", "VERDICTS", "Anatomy", "Grade", "Verdict", "grade"]
