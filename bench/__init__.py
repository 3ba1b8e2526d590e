"""Measurements, each run as `python -m bench.NAME`."""
