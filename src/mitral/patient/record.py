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
    lvesd_mm: Annotated[float, Field(ge=10, le=110)] | None = None
    pa_systolic_mmhg: Annotated[float, Field(ge=5, le=150)] | None = None

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
        mean, systolic = self.pa_mean_mmhg, self.pa_systolic_mmhg
        if mean is not None and systolic is not None and mean >= systolic:
            raise ValueError(
                f"pa_mean_mmhg is {mean:g} mmHg, not below pa_systolic_mmhg ({systolic:g} mmHg); "
                "are the two exchanged?"
            )
        return self


class Circumstances(BaseModel):
    """What guidelines ask for and no simulation can know; left out: not known.

    `mechanism` and `aetiology` outweigh what the cause implies. None of them is used to solve.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    mechanism: Literal["primary", "ventricular", "atrial"] | None = None
    aetiology: Literal["degenerative", "rheumatic", "other"] | None = None
    nyha: Literal["I", "II", "III", "IVa", "IVb"] | None = None
    atrial_fibrillation: bool | None = None
    coronary_disease: bool | None = None
    tricuspid_regurgitation: Literal["none", "mild", "moderate", "severe"] | None = None
    la_diameter_mm: Annotated[float, Field(ge=15, le=150)] | None = None
    jet_length_cm: Annotated[float, Field(ge=0, le=15)] | None = None
    heart_failure_admission: bool | None = None
    natriuretic_peptide_raised: bool | None = None
    severe_rv_failure: bool | None = None
    guideline_therapy: bool | None = None
    surgical_risk: Literal["low", "intermediate", "high", "prohibitive"] | None = None
    operable: bool | None = None
    anatomy_suits_teer: bool | None = None
    life_expectancy_above_1_year: bool | None = None
    durable_repair_likely: bool | None = None
    repair_above_95_percent: bool | None = None
    mortality_below_1_percent: bool | None = None
    experienced_centre: bool | None = None
    progression_on_three_studies: bool | None = None
    small_posterior_lesion: bool | None = None
    repair_attempted: bool | None = None
    replacement_planned: bool | None = None
    mitral_surgery_planned: bool | None = None
    bypass_planned: bool | None = None


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
    circumstances: Circumstances = Field(default_factory=Circumstances)
