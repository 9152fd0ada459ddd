"""The equations of the closed loop."""
