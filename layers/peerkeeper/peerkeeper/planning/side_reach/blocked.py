"""The finding about traffic that a tag expects and a hop stops. In: our side, a judgement. Out: findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerkeeper.planning.side_reach.expectations import Expected
from peerkeeper.planning.side_reach.sides import OurSide
from peerkeeper.values.findings import Code, Finding, first_of
from peerkeeper.values.notice_facts import Remedy
from peerkeeper.values.reachability import Hop, Verdict
from peerkeeper.values.tag_keys import EXPECT

MOST = 3
"""Hops that a finding names; it says how many there are."""


def blocked(side: OurSide, judged: Iterable[Expected]) -> Iterator[Finding]:
    """Yield a finding for each blocked word, with every hop, and the command that opens a single one."""
    for one in judged:
        if one.verdict is not Verdict.BLOCKED:
            continue
        hops = first_of((_said(hop) for hop in one.stops), MOST)
        words = (
            f"{EXPECT} of {side.vpc.id} or {side.pcx.id} expects {one.traffic} from {side.peer.vpc_id}, and "
            f"it is blocked: {hops}"
        )
        opening = one.stops[0].opening if len(one.stops) == 1 else None
        remedy = Remedy(f"to open it: {opening.command}") if opening and opening.command else None
        if remedy:
            words += f"; {remedy.clause}"
        yield Finding(Code.EXPECTED, side.own.location, side.vpc.id, words, side.pcx.id, remedy)


def _said(hop: Hop) -> str:
    return f"{'on the way back, ' if hop.back else ''}{hop.words}"
