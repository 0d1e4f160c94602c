"""Words that admit more than one VPC: whole accounts. In: a snapshot. Out: each word, and whom it admits.

A plan that is empty today is not the whole truth: anyone whom such a word admits may be peered tomorrow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from peerkeeper.values.consents import Breadth
from peerkeeper.values.ec2 import Vpc
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.tag_keys import is_peers
from peerkeeper.values.tags import is_exempt

ADMITS_MANY = re.compile(r"self|[0-9]{12}")


@dataclass(frozen=True, slots=True)
class StandingConsent:
    """One word of one VPC's tag that admits every VPC of an account."""

    account: str
    region: str
    vpc_id: str
    key: str
    word: str
    breadth: str
    admits: int
    """VPCs of that account that were read, this one left out: there may be more."""
    at_least: bool
    """Whether not all of that account was read."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return asdict(self)


def standing_consents(seen: Snapshot, read_whole: frozenset[str]) -> tuple[StandingConsent, ...]:
    """Return the words, by VPC. `read_whole`: accounts of which every region asked for was read."""
    # A shared VPC is shown in every account that takes part in it; it counts for its owner.
    own = (vpc for vpc in seen.vpcs.values() if vpc.owner_id == vpc.location.account_id)
    vpcs = Counter(vpc.owner_id for vpc in own)
    return tuple(
        one
        for key in sorted(seen.vpcs)
        if not is_exempt(seen.vpcs[key].tags)
        for one in _of(seen.vpcs[key], vpcs, read_whole)
    )


def _of(vpc: Vpc, vpcs: Counter[str], read_whole: frozenset[str]) -> Iterator[StandingConsent]:
    for key, value in vpc.tags:
        for word in dict.fromkeys(value.split()) if is_peers(key) else ():
            if not ADMITS_MANY.fullmatch(word):
                continue
            account = vpc.location.account_id if word == "self" else word
            breadth = Breadth.SELF if word == "self" else Breadth.ACCOUNT
            own = account == vpc.location.account_id
            yield StandingConsent(
                vpc.location.account_id,
                vpc.location.region,
                vpc.id,
                key,
                word,
                breadth.value,
                vpcs[account] - own,
                account not in read_whole,
            )
