"""The bug that only two versions show: today's by itself works well with it. In: nothing. Out: a patch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from peerkeeper.messages import hand_off, inbox
from peerkeeper.settings import Settings
from peerkeeper.values.scope import Scope

SAYS = "a hand-off says `visible` in another word, which only today's code can read"
OLD, NEW = '"state": "visible"', '"state": "seen"'


@contextmanager
def says_another_word() -> Iterator[None]:
    """Put the bug in while it lasts."""
    write, read = hand_off.HandOff.to_body, hand_off.scope_from_body

    def written(one: hand_off.HandOff) -> str:
        return write(one).replace(OLD, NEW)

    def known(body: Mapping[str, Any], settings: Settings) -> Scope:
        return read(json.loads(json.dumps(body).replace(NEW, OLD)), settings)

    with (
        patch.object(hand_off.HandOff, "to_body", written),
        patch.object(inbox, "scope_from_body", known),
    ):
        yield
