"""Refits the parameter set to published numbers: `python -m calibration`."""
