"""A beat as an xarray dataset with units, and as a NetCDF file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from mitral.beat.beat import Beat

_UNITS = {"v": "mL", "p": "mmHg", "q": "mL/s", "u": "cm/s", "z": "1"}
_KIND = {
    "v": "volume",
    "p": "pressure",
    "q": "flow",
    "u": "velocity through",
    "z": "opening of",
}
_PLACES = {
    "lv": "left ventricle",
    "la": "left atrium",
    "rv": "right ventricle",
    "ra": "right atrium",
    "ao": "aortic root",
    "sa": "systemic arteries",
    "sv": "systemic veins",
    "sys": "systemic resistance",
    "pa": "pulmonary arteries",
    "pc": "pulmonary capillaries",
    "pvn": "pulmonary veins",
    "mv": "mitral valve",
    "mr": "regurgitant mitral orifice",
    "av": "aortic valve",
    "tv": "tricuspid valve",
    "pv": "pulmonary valve",
    "peri": "pericardium",
}


def describe(name: str) -> tuple[str, str]:
    """Long name and unit of a waveform."""
    if name == "ero":
        return "momentary effective regurgitant orifice area", "cm2"
    kind, place = name.split("_", 1)
    return f"{_KIND[kind]} {_PLACES[place]}", _UNITS[kind]


def to_xarray(beat: Beat, attributes: dict[str, Any]) -> Any:
    """All waveforms over `time` (s) with units and long names; `attributes` of the whole."""
    import xarray

    names = [name for name in beat.waveforms.dtype.names or () if name != "time"]
    variables = {}
    for name in names:
        long_name, unit = describe(name)
        attrs = {"long_name": long_name, "units": unit}
        variables[name] = ("time", beat[name].copy(), attrs)
    time = ("time", beat["time"].copy(), {"units": "s", "long_name": "time in the beat"})
    return xarray.Dataset(variables, {"time": time}, {"Conventions": "CF-1.11", **attributes})


def save(beat: Beat, path: Path, attributes: dict[str, Any]) -> None:
    """Write the beat as NetCDF 4."""
    to_xarray(beat, attributes).to_netcdf(path, engine="h5netcdf")
