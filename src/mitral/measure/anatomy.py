"""What a look at the valve tells, which the numbers of a beat cannot."""

from __future__ import annotations

from dataclasses import dataclass

from mitral.errors import InputError, out_of_range, unknown_name

LESIONS = ("normal", "mild", "moderate", "severe", "unknown")
"""How abnormal the leaflets are; unknown: nobody has looked."""


@dataclass(frozen=True)
class Anatomy:
    """What a look at the valve tells; the defaults say that nobody has looked.

    `lesion`: how abnormal the leaflets are, one of `LESIONS` ('normal' for a
    structurally normal valve; severe retraction or tenting is 'severe'). `flail`,
    `ruptured_papillary`, `perforation`: severe lesions by name. `acute`: the leak is new, nothing
    has adapted. `secondary`: ventricle or atrium is the cause. `stenotic`: the valve is narrowed
    too. `female`: limits of normal of women. Of the colour and continuous-wave pictures, None if
    not seen: `jet_percent_of_la` (area of the jet, % of the LA), `jet_along_wall`, `jet_dense`.
    """

    lesion: str = "unknown"
    flail: bool = False
    ruptured_papillary: bool = False
    perforation: bool = False
    acute: bool = False
    secondary: bool = False
    stenotic: bool = False
    female: bool = False
    jet_percent_of_la: float | None = None
    jet_along_wall: bool | None = None
    jet_dense: bool | None = None

    def __post_init__(self) -> None:
        if self.lesion not in LESIONS:
            raise unknown_name("lesion", self.lesion, LESIONS)
        if self.structurally_normal and (self.flail or self.ruptured_papillary or self.perforation):
            raise InputError(
                "lesion is 'normal', but the valve is flail, ruptured or perforated; "
                "leave out one of the two"
            )
        jet = self.jet_percent_of_la
        if jet is not None and not 0.0 <= jet <= 100.0:
            raise out_of_range("jet_percent_of_la", jet, "%", 0.0, 100.0)

    @property
    def structurally_normal(self) -> bool:
        """Whether the leaflets are known to be normal."""
        return self.lesion == "normal"


NOT_SEEN = Anatomy()
"""Nobody has looked at the valve."""
