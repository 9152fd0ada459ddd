"""Everything an echo lab and a catheter lab would have found in one beat."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mitral.beat.beat import Beat


@dataclass(frozen=True)
class Exam:
    """Findings of one beat; the unit is in the name. NaN: not measurable in this beat.

    Regurgitant volume, fraction and EROA are volumetric (EROA = volume / jet VTI); the PISA ones
    come from the peak flow convergence. Pressures are absolute (pericardium included).
    """

    heart_rate_bpm: float
    lv_edv_ml: float
    lv_esv_ml: float
    lv_ef_percent: float
    total_stroke_volume_ml: float
    forward_stroke_volume_ml: float
    regurgitant_volume_ml: float
    regurgitant_fraction_percent: float
    eroa_cm2: float
    eroa_pisa_cm2: float
    regurgitant_volume_pisa_ml: float
    eroa_early_cm2: float
    eroa_mid_cm2: float
    eroa_late_cm2: float
    vena_contracta_mm: float
    pisa_radius_mm: float
    cardiac_output_l_min: float
    cardiac_index_l_min_m2: float
    aortic_systolic_mmhg: float
    aortic_diastolic_mmhg: float
    aortic_mean_mmhg: float
    la_pressure_mean_mmhg: float
    la_v_wave_mmhg: float
    la_a_wave_mmhg: float
    lv_edp_mmhg: float
    lv_peak_mmhg: float
    rv_systolic_mmhg: float
    rv_edp_mmhg: float
    pa_systolic_mmhg: float
    pa_diastolic_mmhg: float
    pa_mean_mmhg: float
    pulmonary_capillary_mmhg: float
    ra_pressure_mean_mmhg: float
    la_volume_max_ml: float
    la_volume_min_ml: float
    la_volume_index_ml_m2: float
    rv_edv_ml: float
    rv_ef_percent: float
    mitral_e_cm_s: float
    mitral_a_cm_s: float
    mitral_e_a_ratio: float
    mitral_deceleration_time_ms: float
    mitral_mean_gradient_mmhg: float
    mitral_aortic_vti_ratio: float
    annular_e_prime_cm_s: float
    pulmonary_vein_s_cm_s: float
    pulmonary_vein_d_cm_s: float
    pulmonary_vein_s_d_ratio: float
    pulmonary_vein_s_d_vti_ratio: float
    pulmonary_vein_ar_cm_s: float
    pulmonary_vein_systolic_min_cm_s: float
    pulmonary_vein_systolic_reversal: bool
    mr_peak_velocity_cm_s: float
    mr_vti_cm: float
    mr_duration_percent_of_systole: float
    mr_dpdt_mmhg_s: float
    lv_dpdt_max_mmhg_s: float
    lv_dpdt_min_mmhg_s: float
    lv_relaxation_time_ms: float
    ejection_time_ms: float
    isovolumic_relaxation_ms: float
    closed_mitral_ms: float
    lv_end_systolic_stress_kdyn_cm2: float
    lv_fibre_stress_peak_kpa: float
    lv_fibre_stress_ed_kpa: float
    gls_percent: float
    fibre_strain_percent: float
    stroke_work_j: float
    potential_energy_j: float
    pressure_volume_area_j: float
    mvo2_ml_min_100g: float
    efficiency_percent: float
    lv_mass_g: float
    lv_mass_index_g_m2: float
    lvedd_mm: float
    lvesd_mm: float
    ees_mmhg_ml: float
    ea_mmhg_ml: float
    ea_total_mmhg_ml: float
    systemic_vascular_resistance_dyn_s_cm5: float
    pulmonary_vascular_resistance_dyn_s_cm5: float

    def as_dict(self) -> dict[str, float | bool]:
        """All findings by name."""
        return asdict(self)

    def measured(self) -> dict[str, float | bool | None]:
        """All findings by name, as plain values for a file; what is not measurable is None."""
        return {k: None if math.isnan(v) else v for k, v in self.as_dict().items()}


def examine(beat: Beat) -> Exam:
    """The complete examination of one beat, without measurement error."""
    from mitral.measure import doppler, energetics, pressures, volumes

    found: dict[str, float | bool] = {}
    for part in (volumes, pressures, doppler, energetics):
        found |= part.measure(beat, found)
    return Exam(**found)  # pyright: ignore[reportArgumentType]
