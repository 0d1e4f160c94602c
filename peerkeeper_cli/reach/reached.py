"""Ask whether two ends reach each other. In: `Opened`, words. Out: `Reached`.

| a word stands for                                     | what comes of it                        |
|-------------------------------------------------------|-----------------------------------------|
| one end                                               | both ways are judged                    |
| several ends                                          | ReadError, which lists them             |
| none, and a peering of the other end's VPC names it   | judged; the hops on its side unknown    |
| none, and a read that looked for it failed            | unknown: nothing is judged              |
| none, and everything was read                         | ReadError                               |
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import first_of
from peerkeeper.values.reachability import Verdict
from peerkeeper.values.traffic import Traffic

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.reach.call import Ask
from peerkeeper_cli.reach.end import Unread
from peerkeeper_cli.reach.find_ends import Found, find_ends
from peerkeeper_cli.reach.question import Way, way
from peerkeeper_cli.reach.read_around import read_around
from peerkeeper_cli.reach.through_peering import peer_accounts, through_peering
from peerkeeper_cli.reach.word import Kind, Word
from peerkeeper_cli.reader.access import NO_CREDENTIALS

EXIT_CODES = {Verdict.REACHES: 0, Verdict.BLOCKED: 3, Verdict.UNKNOWN: 4}
MOST = 6
"""Places or things that an error names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The answers of both ways, and what could not be read."""

    source: Word
    target: Word
    traffic: Traffic
    there: Way | None
    """The way that was asked about. None where an end could not be looked for."""
    other: Way | None
    """The same traffic the other way."""
    unread: tuple[Unread, ...]
    now: float

    @property
    def verdict(self) -> Verdict:
        """The answer to what was asked: the other way does not count."""
        return self.there.verdict if self.there else Verdict.UNKNOWN

    @property
    def exit_code(self) -> int:
        """0 would reach, 3 blocked, 4 unknown."""
        return EXIT_CODES[self.verdict]


def reached(source: Word, target: Word, traffic: Traffic, opened: Opened, ask: Ask) -> Reached:
    """Look for both ends, read what is around them, and judge. Raises ReadError."""
    words = (source, target)
    places, refused = _places(opened)
    found = find_ends(words, places, ask)
    found.unread += refused
    _refuse_several(found)
    if not all(found.ends.values()) and any(found.ends.values()):
        _by_peering(found, opened, ask)
        _refuse_several(found)
    if not all(found.ends.values()):
        _refuse_absent(found, places)
        return Reached(source, target, traffic, None, None, tuple(found.unread), opened.now)
    one, other = (found.ends[each][0] for each in words)
    around, unread = read_around((one, other), ask)
    try:
        there, back = way(around, one, other, traffic), way(around, other, one, traffic)
    except ValueError as error:
        raise ReadError(str(error)) from error
    lacking = tuple(dict.fromkeys((*found.unread, *unread)))
    return Reached(source, target, traffic, there, back, lacking, opened.now)


def _places(opened: Opened) -> tuple[frozenset[Location], list[Unread]]:
    """Return where to look, and the accounts that refuse us."""
    if opened.asked.role_name:
        opened.assume(opened.asked.accounts or opened.named_accounts)
    return opened.every_place(opened.access.logins), _refused(opened)


def _refused(opened: Opened) -> list[Unread]:
    """Return the accounts that refused a login, and the accounts that do not list their Regions."""
    refused, logins = opened.access.refused, opened.access.logins

    def region(account: str) -> str:
        every = "every other region" if account in logins else "every region"
        return opened.regions[0] if opened.regions else every

    return [Unread(Location(one, region(one)), refused[one]) for one in sorted(refused)]


def _by_peering(found: Found, opened: Opened, ask: Ask) -> None:
    """Look for the end that is missing where the peerings of the other end's VPC lead."""
    (lacking,) = (one for one, ends in found.ends.items() if not ends)
    (known,) = (ends[0] for ends in found.ends.values() if ends)
    sides, unread = peer_accounts(known, ask)
    found.unread += unread
    new = {side.location.account_id for side in sides} - {*opened.access.logins}
    if opened.asked.role_name and not opened.asked.accounts and new:
        opened.assume(new)
        places = opened.every_place(new & opened.access.logins.keys())
        again = find_ends([lacking], places, ask)
        found.ends[lacking] = again.ends[lacking]
        found.unread += [*again.unread, *_refused(opened)]
    if not found.ends[lacking]:
        unread_there = [one for one in sides if one.location.account_id not in opened.access.logins]
        found.ends[lacking] = through_peering(lacking, unread_there)
        refused = opened.access.refused
        found.unread += [
            Unread(end.location, NO_CREDENTIALS)
            for end in found.ends[lacking]
            if end.location.account_id not in refused
        ]


def _refuse_several(found: Found) -> None:
    """Say which words stand for several ends. Raises ReadError."""
    faults = []
    for one, ends in found.ends.items():
        if len(ends) > 1:
            listed = first_of((f"{end.id} in {end.vpc_id} of {end.location}" for end in ends), MOST)
            what = "an address of" if one.kind is Kind.ADDRESS else "the name of"
            faults.append(f"{one.shown} is {what} {len(ends)} things: {listed}; name one by its id")
    if faults:
        raise ReadError(". ".join(faults))


def _refuse_absent(found: Found, places: Iterable[Location]) -> None:
    """Say which words stand for nothing, where all that would show them was read. Raises ReadError."""
    lacking = [one for one, ends in found.ends.items() if not ends]
    absent = [one for one in lacking if not any(_hides(each, one) for each in found.unread)]
    if not absent:
        return
    said = "; ".join(_absent(one) for one in absent)
    raise ReadError(
        f"{said}. Looked in {first_of(map(str, sorted(places)), MOST)}: check the spelling, or name its "
        "--region, and a --profile of its account or a --role-name"
    )


def _hides(unread: Unread, one: Word) -> bool:
    """Tell whether a read that failed might have shown the end."""
    others = {"DescribeSubnets", "DescribeTags"}
    if one.kind in (Kind.SUBNET, Kind.VPC):
        others = {"DescribeNetworkInterfaces", "DescribeTags"}
    return one.kind is Kind.NAME or unread.trouble.action not in others


def _absent(one: Word) -> str:
    match one.kind:
        case Kind.NAME:
            return f"no interface, instance, subnet or VPC has the tag Name={one.shown}"
        case Kind.ADDRESS:
            return f"no interface has the private address {one.text}"
        case Kind.INSTANCE:
            return f"no interface belongs to an instance {one.text}"
        case Kind.VPC:
            return f"no subnet belongs to a VPC {one.text}"
        case _:
            return f"{one.text} does not exist"
