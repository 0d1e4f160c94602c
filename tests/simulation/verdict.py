"""A broken promise, and how it is found out. In: what must hold. Out: nothing, or a `Violation`."""

from __future__ import annotations

from typing import Any


class Violation(BaseException):
    """A promise is broken. Not an Exception: no handler may catch it."""

    def __init__(self, promise: str, words: str) -> None:
        super().__init__(f"{promise}: {words}")
        self.promise = promise


def need(promise: str, holds: object, run: Any, words: str) -> None:
    """Raise Violation unless it holds."""
    if not holds:
        raise Violation(promise, f"{run} {words}")
