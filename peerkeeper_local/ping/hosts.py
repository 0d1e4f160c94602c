"""The two hosts that a ping goes between. In: what the user typed, what was found. Out: words, or PingError.

A ping goes from one address to another. A subnet or a VPC is for `reach`.
"""

from __future__ import annotations

from peerkeeper_cli.reach.end import End
from peerkeeper_cli.reach.word import Kind, Word, word

NETWORKS = {Kind.SUBNET: "a subnet", Kind.VPC: "a VPC"}


class PingError(Exception):
    """The words name no two hosts; the text names every fault and its remedy."""


def hosts(source: str, target: str) -> tuple[Word, Word]:
    """Return both ends as they were typed. Raises PingError with every fault."""
    faults, words = [], []
    for name, typed in (("FROM", source), ("TO", target)):
        try:
            words.append(word(typed))
        except ValueError as error:
            faults.append(f"{name}: {error}")
    faults += [f"{one.text} is {_network(one.kind)}" for one in words if one.kind in NETWORKS]
    if len(words) == 2 and words[0] == words[1]:
        faults.append(f"FROM and TO are both {words[0].text}: name two hosts")
    if faults:
        raise PingError("; ".join(faults))
    return words[0], words[1]


def refuse_networks(ends: tuple[End, End]) -> None:
    """Say which end is no host, of those that were found by a name. Raises PingError."""
    if wrong := [f"{end} is {_network(end.kind)}" for end in ends if end.kind in NETWORKS]:
        raise PingError("; ".join(wrong))


def _network(kind: Kind) -> str:
    return f"{NETWORKS[kind]}: a ping goes to a host; `reach` takes subnets and VPCs as well"
