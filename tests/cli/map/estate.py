"""Made-up estates, drawn from a seed: accounts, Regions, VPCs and peerings of every verdict."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from peerkeeper_cli.peerings.finding_shown import FindingShown
from peerkeeper_cli.peerings.peering_row import (
    Consented,
    PeeringRow,
    RouteShown,
    Verdict,
    VpcEnd,
)
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.reader.covered import Covered, State

REGIONS = (
    "ap-northeast-1",
    "ap-northeast-2",
    "eu-west-1",
    "us-east-1",
    "us-west-2",
    "eu-central-1",
)
PURPOSES = (
    "payments",
    "ledger",
    "search",
    "billing",
    "identity",
    "shared-tools",
    "data-lake",
    "ci",
    "edge",
)
REACHES = ("blocked", "shut", "unknown", "waits", "open", "reaches")
STAGES = ("prod", "staging", "dev", "sandbox")
STATUS = {
    Verdict.WAITS: "pending-acceptance",
    Verdict.ENDED: "deleted",
}
SHARES = ((Verdict.CARRIES, 70), (Verdict.PARTLY, 7), (Verdict.NOTHING, 8), (Verdict.WAITS, 6))
SHARES += ((Verdict.UNKNOWN, 5), (Verdict.ENDED, 4))


@dataclass(frozen=True)
class Estate:
    rows: tuple[PeeringRow, ...]
    vpcs: tuple[VpcRow, ...]
    coverage: tuple[Covered, ...]


def account(number: int) -> str:
    return f"{111122223333 + 111100001111 * number:012d}"[-12:]


def hex_id(kind: str, chance: random.Random) -> str:
    return f"{kind}-0{chance.getrandbits(64):016x}"


def vpc(number: int, places: list[tuple[str, str]], chance: random.Random) -> VpcRow:
    where = places[number % len(places)]
    named = chance.random() < 0.9
    cidrs = [f"10.{number % 256}.{number // 256 * 16}.0/20"] + ["100.64.0.0/16"] * (number % 9 == 0)
    return VpcRow(
        *where,
        hex_id("vpc", chance),
        f"{chance.choice(PURPOSES)}-{chance.choice(STAGES)}" if named else "",
        tuple(cidrs),
        owner=f"team-{chance.choice(PURPOSES)}",
        read=True,
        exempt=number % 23 == 7,
    )


def routes(
    of: VpcRow, to: VpcRow, verdict: Verdict, chance: random.Random
) -> tuple[RouteShown, ...]:
    made = []
    for number in range(chance.choice((1, 1, 2, 3))):
        state, words = "carried", ""
        if verdict is Verdict.NOTHING or (verdict is Verdict.PARTLY and number == 0):
            state, words = "blocked", f"route to {hex_id('tgw', chance)} covers the same range"
        elif verdict is Verdict.WAITS:
            state = "waits"
        elif verdict is Verdict.ENDED:
            state = "stale"
        table = hex_id("rtb", chance)
        made += [
            RouteShown(table, f"{of.name}-private-{number}", to_, state, words) for to_ in to.cidrs
        ]
    return tuple(made)


def end(of: VpcRow, to: VpcRow, verdict: Verdict, chance: random.Random) -> VpcEnd:
    if not of.read:
        return VpcEnd(of.account, of.region, of.vpc_id, cidrs=of.cidrs)
    agreed = verdict is not Verdict.WAITS
    return VpcEnd(
        of.account,
        of.region,
        of.vpc_id,
        of.name,
        of.cidrs,
        of.owner,
        read=True,
        consent=Consented.AGREED if agreed else Consented.NOT_AGREED,
        consent_words=f"peerkeeper:peers={to.account}"
        if agreed
        else f"needs peerkeeper:peers={to.account}",
        verdict=verdict,
        routes=routes(of, to, verdict, chance),
    )


def peering(one: VpcRow, other: VpcRow, chance: random.Random) -> PeeringRow:
    verdict = chance.choices([v for v, _ in SHARES], [share for _, share in SHARES])[0]
    bad = verdict in {Verdict.NOTHING, Verdict.PARTLY}
    found = FindingShown(
        "route-conflict",
        f"{one.account}/{one.region}",
        f"{hex_id('rtb', chance)} has another route",
    )
    return PeeringRow(
        hex_id("pcx", chance),
        end(one, other, verdict, chance),
        end(other, one, verdict, chance),
        STATUS.get(verdict, "active"),
        name=f"{one.name}-to-{other.name}"
        if one.name and other.name and chance.random() < 0.5
        else "",
        status_words="Pending acceptance by " + other.account if verdict is Verdict.WAITS else "",
        expires="2026-12-05 09:30" if verdict is Verdict.WAITS else "",
        verdict=verdict,
        due=chance.choice((0, 1, 2, 4))
        if bad
        else int(verdict is Verdict.CARRIES and chance.random() < 0.04),
        findings=(found,) if bad and chance.random() < 0.6 else (),
    )


def with_traffic(made: Estate) -> Estate:
    """Return the estate as `Reachability=report` shows it: each live peering has one of the six words."""
    live = [row for row in made.rows if row.status == "active"]
    words = {row.id: REACHES[number % len(REACHES)] for number, row in enumerate(live)}
    rows = (
        replace(
            row,
            reaches=words[row.id],
            requester=replace(row.requester, reaches=words[row.id]),
            accepter=replace(row.accepter, reaches="open"),
        )
        if row.id in words
        else row
        for row in made.rows
    )
    return replace(made, rows=tuple(rows))


def estate(
    accounts: int = 4, regions: int = 3, vpcs: int = 60, peerings: int = 200, seed: int = 1
) -> Estate:
    """Draw an estate; one VPC in thirty is a ghost of an account that was not read."""
    chance = random.Random(seed)
    places = [(account(a), region) for a in range(accounts) for region in REGIONS[:regions]]
    read = [vpc(number, places, chance) for number in range(vpcs - vpcs // 30)]
    ghosts = [
        VpcRow(
            "999900001111", REGIONS[0], hex_id("vpc", chance), cidrs=(f"172.{16 + n % 16}.0.0/16",)
        )
        for n in range(vpcs // 30)
    ]
    every = read + ghosts
    hubs = read[: max(2, vpcs // 12)]
    pairs: dict[tuple[str, str], tuple[VpcRow, VpcRow]] = {}
    while len(pairs) < peerings:
        one = chance.choice(hubs) if chance.random() < 0.5 else chance.choice(every)
        near = [each for each in every if each.account == one.account] or every
        other = chance.choice(near if chance.random() < 0.4 else every)
        if one is not other and (one.read or other.read):
            pairs.setdefault((one.vpc_id, other.vpc_id), (one, other))
    rows = tuple(peering(*pair, chance) for pair in pairs.values())
    denied = "no credentials: add --profile with a profile of this account"
    coverage = [Covered(*place, State.READ) for place in places]
    coverage += [Covered("999900001111", REGIONS[0], State.DENIED, denied)] * bool(ghosts)
    return Estate(rows, tuple(read), tuple(coverage))
