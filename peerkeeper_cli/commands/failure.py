"""How a command says that it failed. In: words. Out: these on stderr, and exit code 1."""

from __future__ import annotations

from typing import NoReturn

import typer


def fail(message: str) -> NoReturn:
    """Say what went wrong, on stderr, and end with exit code 1."""
    from rich.console import Console  # noqa: PLC0415 - only a failure needs it
    from rich.markup import escape  # noqa: PLC0415

    Console(stderr=True).print(f"[red]{escape(message)}[/]", highlight=False, soft_wrap=True)
    raise typer.Exit(1)
