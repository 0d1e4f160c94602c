"""What the functions' own parsers have made of a document before: in another run, or in another schedule.

In: the documents of describes, known by identity. Out: what the real parser made of the same before, else the
real parser itself, run once. Values that are equal become one object, with all that they worked out of
themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

from peerkeeper.aws import parse

T = TypeVar("T")
MOST = 20_000
"""Things that are kept before the older half is dropped."""
PARSERS = ("peering", "vpc", "subnet", "route_table")


class Memory:
    """Values by key, in two halves. What is asked for moves to the younger half, and the older is dropped."""

    def __init__(self) -> None:
        self.young: dict[Any, Any] = {}
        self.old: dict[Any, Any] = {}
        self.size = 0

    def get(self, key: Hashable) -> Any:
        found = self.young.get(key)
        if found is None and (found := self.old.get(key)) is not None:
            self.young[key] = found
        return found

    def keep(self, key: Hashable, value: T) -> T:
        self.young[key] = value
        self.grow()
        return value

    def grow(self) -> None:
        """Take note of one more thing that is kept."""
        self.size += 1
        if self.size > MOST:
            self.old, self.young, self.size = self.young, {}, 0


_parsed, _values = Memory(), Memory()


def _parser(real: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return the parser, which makes one object of all documents that say the same."""

    def parsed(raw: Any, where: Any) -> Any:
        key = (id(raw), where, real)
        held = _parsed.get(key)
        if held is None:
            value = real(raw, where)
            # The document is held, so that no other gets its identity.
            held = _parsed.keep(key, (raw, _values.get(value) or _values.keep(value, value)))
        return held[1]

    return parsed


@contextmanager
def parsed_once() -> Iterator[None]:
    """Parse each document once, while it lasts."""
    with ExitStack() as stack:
        for name in PARSERS:
            stack.enter_context(patch.object(parse, name, _parser(getattr(parse, name))))
        yield
