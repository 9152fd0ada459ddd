"""Causes of the leak and what the heart makes of it."""
