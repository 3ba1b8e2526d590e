"""Prefect flows. Empty until the first one (reconcile the log) joins."""
