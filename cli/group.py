"""Commands that belong together, such as `homeward tokens create` and `homeward tokens list`."""

import typer


def group(purpose: str) -> typer.Typer:
    """Return an empty group; its help is plain text, and errors are told by `cli.main`."""
    return typer.Typer(
        help=purpose, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
    )
