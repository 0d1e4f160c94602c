"""Seeded bugs: each a small patch of the real code, put in while it lasts.

In: nothing. Out: mutants by name. The simulator must catch every one of them: a harness that misses these
finds nothing. If the guard would hide a rule's bug, the mutant removes the guard as well. A mutant about the
guard keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from peerkeeper.loop import reconcile


@dataclass(frozen=True, slots=True)
class Mutant:
    """One seeded bug, in a line."""

    name: str
    says: str
    put_in: Callable[[], AbstractContextManager[Any]]


MUTANTS: dict[str, Mutant] = {}


def mutant(name: str, says: str) -> Callable[[Callable[[], Iterator[None]]], Callable[[], Any]]:
    """Enter a generator that patches, yields, and takes its patches out."""

    def enter(body: Callable[[], Iterator[None]]) -> Callable[[], Any]:
        MUTANTS[name] = Mutant(name, says, contextmanager(body))
        return body

    return enter


def patched(*patches: Any) -> Iterator[None]:
    with ExitStack() as stack:
        for each in patches:
            stack.enter_context(each)
        yield


def no_guard() -> Any:
    return patch.object(reconcile, "refusal", lambda *_: None)
