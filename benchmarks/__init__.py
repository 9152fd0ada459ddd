"""Benchmarks: how long a settled beat takes, how exact it is, and beside whom. Never a test."""
