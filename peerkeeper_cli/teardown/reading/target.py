"""Find what is to be taken apart, and its peerings. In: a `Reading`. Out: the same. Raises ReadError."""

from __future__ import annotations

from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import first_of

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.teardown.reading import find
from peerkeeper_cli.teardown.reading.asking import Raw
from peerkeeper_cli.teardown.reading.reading import Reading
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import OwnVpc

MOST = 6
"""Locations that an error names."""


def find_peering(reading: Reading) -> None:
    """Find the peering. Raises ReadError where no location shows it."""
    seen = find.found(reading.asking, find.peering_asks(reading.target, reading.places))
    if not seen.listed:
        raise ReadError(_nowhere(reading, seen))
    reading.peerings = find.latest(seen.listed)


def find_vpc(reading: Reading) -> None:
    """Find the VPC and its peerings. Raises ReadError where no location shows it."""
    asking, vpc_id = reading.asking, reading.target
    seen = find.found(asking, find.vpc_asks(vpc_id, reading.places))
    if not seen.listed:
        raise ReadError(_nowhere(reading, seen))
    mine = [one for one in seen.listed if one[1].get("OwnerId") == one[0].account_id]
    where, raw = (mine or seen.listed)[0]
    reading.vpc = OwnVpc(where, vpc_id, _owner(raw, where), bool(raw.get("IsDefault")))
    theirs = find.found(asking, find.peerings_of_vpc_asks(vpc_id, [where]))
    for place, words in theirs.troubles[:1]:
        reading.gaps.note(Kind.PEERING, place, vpc_id, words)
    reading.peerings = find.latest(theirs.listed)


def _owner(raw: Raw, where: Location) -> str:
    return str(raw.get("OwnerId", where.account_id))


def _nowhere(reading: Reading, seen: find.Found) -> str:
    if seen.troubles:
        failed = "; ".join(f"{where}: {words}" for where, words in seen.troubles)
        return f"{reading.target} was not found, and not every location was read: {failed}"
    named = first_of(sorted(map(str, reading.places)), MOST)
    return (
        f"{reading.target} does not exist in {named}. The command read no more: name its --region, and a "
        "--profile of its account"
    )


def follow_the_role(reading: Reading) -> None:
    """Assume the role in the accounts of the other sides, where one was named."""
    opened = reading.opened
    if opened.asked.role_name:
        sides = (side for pcx in reading.peerings for side in (pcx.requester, pcx.accepter))
        wanted = {side.location.account_id for side in sides} | {*opened.asked.accounts}
        opened.assume(wanted)
