"""Scenarios of consent: by VPC id, by tags on the peering, in another account, and AllowedDestinations.

In: nothing. Out: scenarios, by name. They are drawn apart from the grid, which stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenarios.peerings import FOREIGN
from simulator.scenarios.scenario import (
    BOTH,
    EVERYWHERE,
    EXTRA,
    OURS,
    SELF,
    THEIRS,
    B,
    Scenario,
    Shape,
    Step,
    pair,
)

PEERS, APPROVED = SELF[0], "peerkeeper:approved"
EACH_OTHER = ((0, "tag", "a", PEERS, THEIRS), (0, "tag", "b", PEERS, OURS))
ACCOUNTS = (*FOREIGN, ("Accounts", THEIRS), ("ExternalId", "of-the-simulators-hub"))
THIRD: Step = (0, "vpc", "c", "tokyo", B)


def _only(*networks: str) -> tuple[tuple[str, str], ...]:
    return (*EVERYWHERE, ("AllowedDestinations", ",".join(networks)))


SHAPES: dict[str, Shape] = {
    "by-vpc-id": ((*pair("tokyo"), (0, "tag", "a", PEERS, "b"), (0, "tag", "b", PEERS, "a")), ()),
    "by-another-vpc-id": (
        (*pair("tokyo"), THIRD, (0, "tag", "a", PEERS, "c"), (0, "tag", "b", PEERS, "a")),
        (),
    ),
    "by-approval": ((*pair("tokyo"), THIRD), ()),
    "allowed-part": ((*pair("tokyo"), *BOTH), _only("10.1.0.0/16", "10.2.0.0/17")),
    "allowed-less": ((*pair("tokyo"), *BOTH), _only("10.0.0.0/8", "!10.2.128.0/17")),
    "allowed-one-of-two": (
        (*pair("tokyo"), (0, "cidr", "b", EXTRA), *BOTH),
        _only("10.0.0.0/8", "!10.3.0.0/16"),
    ),
    "two-accounts": ((*pair("abroad"), *EACH_OTHER), ACCOUNTS),
    "two-accounts-one-region": (
        (*pair("overseas"), (0, "tag", "a", PEERS, "b"), (0, "tag", "b", PEERS, f"self {OURS}")),
        ACCOUNTS,
    ),
    "two-accounts-by-approval": (pair("abroad"), ACCOUNTS),
}


def _said(pcx: str, place: str, *values: str, after: float = 20) -> tuple[Step, ...]:
    """People of one place say one thing after the other about a peering."""
    return tuple((after, "tag", pcx, APPROVED, value, place) for value in values)


def scripts(place: str) -> dict[str, tuple[Step, ...]]:
    """Return scripts, by name. `place`: where the second VPC is."""
    asked: tuple[Step, ...] = ((1, "request", "ab", "a", "b"),)
    approved = (*asked, *_said("ab", place, "true"), *_said("ab", "seoul", "true"))
    return {
        "request": asked,
        "request-back": ((1, "request", "ba", "b", "a"),),
        "delete": (*asked, *_said("ab", place, "true"), (60, "delete", "ab")),
        "both-ways-one-ends": (*asked, (1, "request", "ba", "b", "a"), (60, "delete", "ab")),
        "approve-both": approved,
        "approve-in-other-words": (*asked, *_said("ab", place, "True", "yes", "1", "true")),
        "approve-and-not": (*approved, *_said("ab", place, "false", "true", after=40)),
        "not-at-all": (*asked, *_said("ab", place, "false"), (10, "tag", "b", PEERS, "a")),
    }


TWO = (
    (1, "request", "ab", "a", "b"),
    (1, "request", "ac", "a", "c"),
    *_said("ab", "tokyo", "true", after=5),
    *_said("ac", "tokyo", "true", after=5),
    *_said("ab", "seoul", "true", after=5),
    *_said("ac", "seoul", "true", after=0),
)
"""Two peers of one network, approved on both sides. In Seoul at one moment, so they stay without a route."""
LATER: Step = (150, "tag", "c", "Name", "later")
"""Until then faults strike, also at what is looked at half a minute after an event."""
CLAIMED_TWICE: dict[str, tuple[Step, ...]] = {
    "two-approved": TWO,
    "two-approved-one-ends": (*TWO, (90, "delete", "ac"), LATER),
    "two-approved-one-not": (*TWO, *_said("ab", "seoul", "false", after=90), LATER),
    "two-approved-one-untagged": (*TWO, (90, "untag", "ac", APPROVED), LATER),
}


def grid() -> Iterator[Scenario]:
    """Yield each script on each shape, and two peers of one network where there are three VPCs."""
    for shape, (start, parameters) in SHAPES.items():
        steps = scripts(str(start[1][3]))
        steps |= CLAIMED_TWICE if shape == "by-approval" else {}
        for script, done in steps.items():
            yield Scenario(f"{shape}/{script}", start, done, parameters or EVERYWHERE, 60.0)


WITH_CONSENTS = tuple(grid())
HELD_BACK = tuple(one for one in WITH_CONSENTS if one.name.partition("/")[2] in CLAIMED_TWICE)
"""One peering holds another back, and ends. Rare among the others, so drawn more often."""
