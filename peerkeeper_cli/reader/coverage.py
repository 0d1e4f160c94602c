"""What was read and what was not: account by region. In: a snapshot, what was wanted. Out: `Covered` values.

The first row that fits:

    what is so                                         state
    every read of the location came back whole         read
    the account gave no login                          denied, or not asked where no login was tried
    EC2 refuses this region, and lets in to others     not enabled
    a read was denied                                  denied
    a read failed in another way                       unread
    the hub manages it, the command has no login       not asked
    a live peering leads there                         not asked
    the hub manages it, the user named other Regions   left out
    or accounts
"""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.values.ec2 import TERMINAL, Location
from peerkeeper.values.reads import Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.reader.access import NO_CREDENTIALS
from peerkeeper_cli.reader.covered import Covered, State
from peerkeeper_cli.reader.narrowing import Narrowing

NOT_ENABLED = frozenset({"AuthFailure", "OptInRequired", "RegionDisabledException"})
"""What EC2 answers in a region that the account has not enabled; AuthFailure also means wrong credentials."""


def coverage(
    seen: Snapshot,
    wanted: Iterable[Location],
    looked_after: Iterable[Location],
    narrowing: Narrowing | None = None,
) -> tuple[Covered, ...]:
    """Return the state of each location that was wanted, that the hub manages, or that a peering names.

    `narrowing`: what the user said to read. None: everything that there is a login for.
    """
    places, narrowing = {*wanted}, narrowing or Narrowing()
    troubles: dict[Location, dict[Read, Trouble]] = {}
    for read, trouble in seen.unread.items():
        if trouble.meaning is not Meaning.ABSENT:
            troubles.setdefault(read.location, {})[read] = trouble
    found = {place: _of(place, troubles.get(place, {})) for place in places}
    let_in = {place.account_id for place, one in found.items() if one.state is State.READ}
    let_in |= {read.location.account_id for read in seen.done}
    for place, one in found.items():
        if one.state is State.NOT_ENABLED and place.account_id not in let_in:
            found[place] = _covered(place, State.DENIED, one.words)  # the credentials may be wrong
    named, managed = _named(seen), {*looked_after}
    for place in (named | managed) - places:
        found[place] = _not_read(place, narrowing, named=place in named, managed=place in managed)
    return tuple(found[place] for place in sorted(found))


def _not_read(place: Location, narrowing: Narrowing, *, named: bool, managed: bool) -> Covered:
    """Return the row of a location that was not to be read, and which option reads it."""
    left_out = narrowing.left_out(place)
    if managed and not left_out:
        words = "the hub manages it, and the command has no login for it: name a --profile or --role-name"
        return _covered(place, State.NOT_ASKED, words)
    if named:
        words = "peerings name it: its side is not seen"
        return _covered(place, State.NOT_ASKED, f"{words}. It is {left_out}" if left_out else words)
    return _covered(place, State.LEFT_OUT, f"the hub manages it. It is {left_out}")


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
