"""The operator's names for ids, so that a person can follow.

In: texts with ids. Out: the same with names in their place.
"""

from __future__ import annotations

import re

from peerkeeper_local.story import Stage

ID = re.compile(r"\b(?:vpc|subnet|rtb|pcx|igw|nat|sg|vpce)-[0-9a-f]{8,17}\b")
COMMAND = re.compile(r"(\baws ec2 [^;\n]*)")
"""A command in a sentence; a semicolon ends it."""
CITIES = {"ap-northeast-2": "Seoul", "ap-northeast-1": "Tokyo"}


class Ids:
    """Ids as they are, for a cloud whose operator gave no names."""

    def known(self, text: str) -> str:
        """Return `text`."""
        return text


class Names(Ids):
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


def city(location: str) -> str:
    """Return the city of an account and Region, as 111122223333/ap-northeast-2, or the Region itself."""
    region = location.rpartition("/")[2]
    return CITIES.get(region, region)
