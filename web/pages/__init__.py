"""What people see."""

from fastapi import FastAPI


def install(app: FastAPI) -> None:
    """Serve the pages."""
