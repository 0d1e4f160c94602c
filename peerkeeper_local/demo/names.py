"""The operator's names for ids, so that a person can follow.

In: texts with ids. Out: the same with names in their place.
"""

from __future__ import annotations

import re
from typing import Any

from rich.markup import escape

from peerkeeper_local.story import Stage

ID = re.compile(r"\b(?:vpc|subnet|rtb|pcx|igw|nat)-[0-9a-f]{8,17}\b")
COMMAND = re.compile(r"(\baws ec2 [^;\n]*)")
CITIES = {"ap-northeast-2": "Seoul", "ap-northeast-1": "Tokyo"}


class Names:
    """Names of what one stage's operator made; a main route table goes by its VPC."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def known(self, text: str) -> str:
        """Return `text` with names in place of ids; a command keeps its ids, or it would fail."""
        named = {id_: name for name, id_ in self._stage.names.items()}
        parts = COMMAND.split(text)
        parts[::2] = [
            ID.sub(lambda found: named.get(found[0], found[0]), one) for one in parts[::2]
        ]
        return "".join(parts)

    def change(self, change: dict[str, Any]) -> str:
        """Return one change as a line of markup: kind, where, what, and why."""
        city = CITIES.get(change["location"].partition("/")[2], change["location"])
        what = " ".join(
            escape(self.known(_word(change[key])))
            for key in ("route_table_id", "destination", "vpc_id", "subnet_id", "value", "pcx_id")
            if key in change
        )
        why = escape(self.known(change["reason"]))
        return f"[bold]{change['change']}[/] {city} {what} [dim]because {why}[/]"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
