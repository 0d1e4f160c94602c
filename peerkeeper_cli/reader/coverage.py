"""What was read and what was not: account by region. In: a snapshot, what was wanted. Out: `Covered` values.

The first row that fits:

    what is so                                      state
    every whole read of the location came back      read
    the account gave no login                       denied, or not asked where nobody tried
    EC2 refuses this region, and lets in to others  not enabled
    a read was denied                               denied
    a read failed in another way                    unread
    the hub looks there, nobody was told to read it not asked
    only a peering names it                         not asked
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.values.ec2 import TERMINAL, Location
from peerkeeper.values.reads import Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.reader.access import NO_CREDENTIALS
from peerkeeper_cli.reader.covered import Covered, State

NOT_ENABLED = frozenset({"AuthFailure", "OptInRequired", "RegionDisabledException"})
"""What EC2 answers in a region that the account has not enabled; AuthFailure also means wrong credentials."""


def coverage(
    seen: Snapshot, wanted: Iterable[Location], looked_after: Iterable[Location]
) -> tuple[Covered, ...]:
    """Return the state of each location that was wanted, that the hub manages, or that a peering names."""
    places = {*wanted}
    troubles: dict[Location, dict[Read, Trouble]] = {}
    for read, trouble in seen.unread.items():
        if trouble.meaning is not Meaning.ABSENT:
            troubles.setdefault(read.location, {})[read] = trouble
    found = {place: _of(place, troubles.get(place, {})) for place in places}
    let_in = {place.account_id for place, one in found.items() if one.state is State.READ}
    for place, one in found.items():
        if one.state is State.NOT_ENABLED and place.account_id not in let_in:
            found[place] = _covered(place, State.DENIED, one.words)  # the credentials may be wrong
    for place in {*looked_after} - places:
        words = "the hub manages it, and the command has no login for it: name a --profile or --role-name"
        found[place] = _covered(place, State.NOT_ASKED, words)
    for place in _named(seen) - found.keys():
        words = "peerings name it: its side is not seen"
        found[place] = _covered(place, State.NOT_ASKED, words)
    return tuple(found[place] for place in sorted(found))


def _of(place: Location, troubles: dict[Read, Trouble]) -> Covered:
    if not troubles:
        return _covered(place, State.READ)
    first = next(iter(troubles.values()))
    if first is NO_CREDENTIALS:
        return _covered(place, State.NOT_ASKED, "no credentials of this account: name a --profile")
    if all(trouble.code in NOT_ENABLED for trouble in troubles.values()):
        words = (
            f"EC2 says {first.code}: the region is not enabled there, or the credentials are wrong"
        )
        return _covered(place, State.NOT_ENABLED, words)
    said = dict.fromkeys(
        f"{one.action} says {one.code}: {one.message}" for one in troubles.values()
    )
    denied = any(one.meaning is Meaning.DENIED for one in troubles.values())
    return _covered(place, State.DENIED if denied else State.UNREAD, "; ".join(said))


def _covered(place: Location, state: State, words: str = "") -> Covered:
    return Covered(place.account_id, place.region, state, words)


def _named(seen: Snapshot) -> set[Location]:
    """Return the locations of live peerings: nothing depends on the other side of one that ended."""
    live = (pcx for pcx in seen.peerings.values() if pcx.status not in TERMINAL)
    return {side.location for pcx in live for side in (pcx.requester, pcx.accepter)}
