"""What is known of a person: body, valve, heart, and what an examination recorded.

Nothing here identifies anyone: `name` is a title for the case, and unknown fields are refused.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Findings(BaseModel):
    """Measurements of the real patient, shown beside the model's; none of them is used to solve."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lv_edv_ml: Annotated[float, Field(ge=20, le=700)] | None = None
    lv_esv_ml: Annotated[float, Field(ge=5, le=600)] | None = None
    lv_ef_percent: Annotated[float, Field(ge=5, le=95)] | None = None
    regurgitant_volume_ml: Annotated[float, Field(ge=0, le=300)] | None = None
    regurgitant_fraction_percent: Annotated[float, Field(ge=0, le=95)] | None = None
    forward_stroke_volume_ml: Annotated[float, Field(ge=5, le=250)] | None = None
    cardiac_output_l_min: Annotated[float, Field(ge=0.5, le=25)] | None = None
    aortic_systolic_mmhg: Annotated[float, Field(ge=40, le=280)] | None = None
    aortic_diastolic_mmhg: Annotated[float, Field(ge=20, le=180)] | None = None
    la_pressure_mean_mmhg: Annotated[float, Field(ge=0, le=60)] | None = None
    la_v_wave_mmhg: Annotated[float, Field(ge=0, le=100)] | None = None
    lv_edp_mmhg: Annotated[float, Field(ge=0, le=60)] | None = None
    pa_mean_mmhg: Annotated[float, Field(ge=3, le=100)] | None = None
    la_volume_max_ml: Annotated[float, Field(ge=10, le=1500)] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Findings:
        edv, esv, ef = self.lv_edv_ml, self.lv_esv_ml, self.lv_ef_percent
        if edv is not None and esv is not None:
            if esv >= edv:
                raise ValueError(
                    f"lv_esv_ml is {esv:g} mL, not below lv_edv_ml ({edv:g} mL); "
                    "are the two exchanged?"
                )
            if ef is not None and abs(ef - 100.0 * (1.0 - esv / edv)) > 5.0:
                raise ValueError(
                    f"lv_ef_percent is {ef:g} %, but the volumes {edv:g} and {esv:g} mL give "
                    f"{100.0 * (1.0 - esv / edv):.0f} %; correct or leave out one of the three"
                )
        high, low = self.aortic_systolic_mmhg, self.aortic_diastolic_mmhg
        if high is not None and low is not None and low >= high:
            raise ValueError(
                f"aortic_diastolic_mmhg is {low:g} mmHg, not below aortic_systolic_mmhg "
                f"({high:g} mmHg); are the two exchanged?"
            )
        return self


class Patient(BaseModel):
    """One person. Everything has the healthy value unless given; every name carries its unit.

    `factors` multiply parameters of the healthy heart of this body (`{"v0_lv": 1.6}`: an unloaded
    left ventricle 1.6 times its healthy size); `parameters` replace them. `adapted`: whether the
    circulation has lived with this heart for months; then the person is as examined at rest, and
    `eroa_cm2` is the orifice as measured. Left out: when the left heart has grown.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = "Healthy adult"
    resembles: str = ""
    age_years: Annotated[float, Field(ge=18, le=100)] = 48.0
    sex: Literal["male", "female"] = "male"
    height_cm: Annotated[float, Field(ge=120, le=220)] = 178.0
    weight_kg: Annotated[float, Field(ge=30, le=200)] = 75.0
    heart_rate_bpm: Annotated[float, Field(ge=30, le=200)] = 65.0
    cause: str | None = None
    eroa_cm2: Annotated[float, Field(ge=0, le=1.5)] | None = None
    mitral_valve_area_cm2: Annotated[float, Field(ge=0.3, le=12)] | None = None
    adapted: bool | None = None
    factors: dict[str, Positive] = Field(default_factory=dict)
    parameters: dict[str, float] = Field(default_factory=dict)
    findings: Findings = Field(default_factory=Findings)
