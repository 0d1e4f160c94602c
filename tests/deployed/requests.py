"""Draws requests that lie near what policies say: some that they allow, some that they deny, most a
little beside.

In: statements, a source of chance. Out: requests. Drawn from the statements' own words, so that a
new statement is asked about from the day that it is there.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from peerkeeper_local.iam import Request
from peerkeeper_local.iam.conditions import as_list
from tests.deployed.places import HUB, OTHER, SEOUL, TOKYO

Statement = Mapping[str, Any]
FILLS = ("", "x", SEOUL, TOKYO, HUB, OTHER, "vpc-1", "a/b", "a:b", "peerkeeper", "peerkeeper-x")
"""What may stand where a policy has a wildcard; one has a colon, one a slash."""
SETS = ("ForAllValues:", "ForAnyValue:")


def requests(statements: list[Statement], chance: random.Random, count: int) -> Iterator[Request]:
    for _ in range(count):
        statement = chance.choice(statements)
        beside = statement if chance.random() < 0.8 else chance.choice(statements)
        action = written_out(chance.choice(as_list(statement["Action"])), chance)
        wanted = chance.choice(as_list(beside.get("Resource", "*")))
        resource = nearly(written_out(wanted, chance), chance)
        keys = dict(context(statements if chance.random() < 0.2 else [statement], chance))
        yield Request(
            f"arn:aws:iam::{HUB}:role/somebody", in_any_case(action, chance), resource, keys
        )


def context(
    statements: list[Statement], chance: random.Random
) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield a value, or several, for most condition keys that the statements name."""
    for statement in statements:
        for operator, keys in statement.get("Condition", {}).items():
            for key, wanted in keys.items():
                if chance.random() < 0.15:
                    continue
                values = [chance.choice(as_list(wanted)) for _ in range(3)]
                drawn = [nearly(written_out(str(one), chance), chance) for one in values]
                several = operator.startswith(SETS)
                yield key, tuple(drawn[: chance.randint(1, 3)]) if several else drawn[0]


def written_out(pattern: str, chance: random.Random) -> str:
    """Return one text that the pattern may mean."""
    return "".join(
        chance.choice(FILLS) if char == "*" else "z" if char == "?" else char for char in pattern
    )


def nearly(text: str, chance: random.Random) -> str:
    """Return the text, sometimes with one of its parts changed, gone, or in capitals."""
    if chance.random() < 0.75:
        return text
    parts = text.split(":")
    place = chance.randrange(len(parts))
    parts[place] = chance.choice((*FILLS, parts[place].upper(), f"{parts[place]}x"))
    return ":".join(parts)


def in_any_case(action: str, chance: random.Random) -> str:
    return chance.choice((action, action, action, action.lower(), f"{action}s"))
