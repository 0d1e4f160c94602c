"""What the words of one setting mean.

In: the text of a variable. Out: its value, or a ValueError that says what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_address
from typing import TypeVar

from peerkeeper.settings.settings import ACCOUNT, REGION, DeleteOverride
from peerkeeper.values.ec2 import Location, Network, network

ORGANIZATION = "organization"
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def words(text: str) -> list[str]:
    """Return the words of a list separated by commas, as parameters give it."""
    return [word.strip() for word in text.split(",") if word.strip()]


def each(parse: Callable[[str], T]) -> Callable[[str], tuple[T, ...]]:
    """Return a parser of a list, from the parser of one of its words. It raises every fault at once."""

    def parse_all(text: str) -> tuple[T, ...]:
        found: list[T] = []
        faults: list[str] = []
        for word in words(text):
            try:
                found.append(parse(word))
            except ValueError as fault:
                faults.append(str(fault))
        if faults:
            raise ValueError("; ".join(faults))
        return tuple(found)

    return parse_all


def matching(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    """Return a parser that takes what matches the whole pattern."""

    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} is not {what}")
        return text

    return parse


def accounts(text: str) -> tuple[str, ...]:
    """Return the accounts of the list, or only the word organization."""
    if text == ORGANIZATION:
        return (ORGANIZATION,)
    return each(
        matching(ACCOUNT, "a 12-digit account id, and the list is not the word organization")
    )(text)


def one_of(kind: type[E]) -> Callable[[str], E]:
    """Return a parser that takes the members of a closed list."""

    def parse(text: str) -> E:
        if text not in [member.value for member in kind]:
            raise ValueError(f"allowed are {', '.join(member.value for member in kind)}")
        return kind(text)

    return parse


def boolean(text: str) -> bool:
    """Return true or false, as parameters write it."""
    if text not in ("true", "false"):
        raise ValueError("allowed are true, false")
    return text == "true"


def destination(text: str) -> Network:
    """Return a network that a peering may lead to, in any spelling: FD00::/8 is fd00::/8.

    Raises ValueError for host bits, for a text without a length in bits, and for a default route.
    """
    parsed = network(text)
    address, _, bits = text.partition("/")
    if not bits.isdecimal() or ip_address(address) != parsed.network_address:
        raise ValueError(f"{text!r} is not a network address; did you mean {parsed}?")
    if parsed.prefixlen == 0:
        raise ValueError("a default route cannot lead to a peering")
    return network(str(parsed))  # the one object of this CIDR, as of a route


def rule_of_destination(text: str) -> tuple[bool, Network]:
    """Return whether the network is excluded (`!` before it), and the network."""
    return text.startswith("!"), destination(text.removeprefix("!"))


def override(text: str) -> DeleteOverride | None:
    """Return the release of the brake; an empty text is none."""
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{12})/([a-z0-9-]+)=([1-9][0-9]{0,5})", text)
    if not found or not REGION.fullmatch(found[2]):
        raise ValueError("write <account id>/<region>=<count>, as in 111122223333/eu-west-1=12")
    return DeleteOverride(Location(found[1], found[2]), int(found[3]))
