"""Patients from files, one module for each format."""
