"""Explain one peering of the estate that the options open. In: `Opened`, an id. Out: `Explained`.

It looks in every account that it has a login of. With --role-name it goes on into the peering's other
account. If no login sees the peering, it goes on into the accounts that the hub manages by its settings.
"""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.settings import Mode
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import first_of
from peerkeeper.values.snapshot import Snapshot

from peerkeeper_cli.asked_for import ReadError
from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.opened import Opened
from peerkeeper_cli.explain.afterwards import mode_ahead
from peerkeeper_cli.explain.explanation import Explanation, explain
from peerkeeper_cli.explain.read_peering import read_peering
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.peerings.as_if_agreed import as_in_full, judged_now
from peerkeeper_cli.peerings.peering_row import PeeringRow
from peerkeeper_cli.peerings.peering_rows import awaiting_consent, peering_rows
from peerkeeper_cli.reader.read_estate import Asked, Reading

MOST = 6
"""Locations that an error names; it says how many there are."""


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation, what it rests on, and the peering as `peerings` shows it."""

    estate: Estate
    found: Explanation
    row: PeeringRow | None
    """None where only routes are left of it."""
    deployed: bool
    """Whether the settings come from a hub that runs. Its functions' log may then say what was done."""


def explained(pcx_id: str, opened: Opened, ask: Asked) -> Explained:
    """Read what bears on the peering and explain it. Raises ReadError where nothing can be said."""
    places = opened.places(opened.access.logins)
    _refuse_useless(opened)
    opened.look_after(places)
    reading = read_peering(pcx_id, places, opened.settings, ask, opened.now)
    if opened.asked.role_name:
        places |= _follow_the_role(pcx_id, opened, reading, ask)
    estate = Estate(reading, opened.settings, opened.said, places, ask)
    mode = mode_ahead(opened.settings)
    ahead = look_ahead(estate, {Mode.FULL, mode})  # what follows may call for reads of its own
    found = explain(pcx_id, estate.seen, opened.settings, located=opened.located, ahead=ahead[mode])
    if not found.lines:
        raise ReadError(_nowhere(pcx_id, places))
    now = judged_now(estate.seen, as_in_full(estate.settings))
    rows = peering_rows(estate, now, ahead[Mode.FULL])
    row = next((awaiting_consent(row) for row in rows if row.id == pcx_id), None)
    return Explained(estate, found, row, opened.located and not opened.asked.config)


def _refuse_useless(opened: Opened) -> None:
    """Say which profiles are of accounts that the hub does not manage. Raises ReadError."""
    _hub, *others = opened.access.logins.values()
    useless = [one for one in others if not opened.places([one.account])]
    if useless:
        said = (f"{one.said} is of {one.account}, which the hub does not manage" for one in useless)
        raise ReadError(f"{'; '.join(said)}, by the settings of {opened.said}")


def _follow_the_role(
    pcx_id: str, opened: Opened, reading: Reading, ask: Asked
) -> frozenset[Location]:
    """Assume the role where the peering leads, and read there; return the locations that are new."""
    access, found = opened.access, frozenset[Location]()
    while True:
        sides = _sides(reading.seen, pcx_id)
        wanted = (
            {*opened.asked.accounts} or {one.account_id for one in sides} or opened.named_accounts
        )
        known = {*access.logins, *access.refused}
        places = opened.assume(wanted)
        new = {*access.logins, *access.refused} - known
        if not new:
            return found
        fresh = frozenset(one for one in sides if one.account_id in new) or places
        if opened.located:
            fresh = frozenset(one for one in fresh if opened.settings.covers(one))
        opened.look_after(fresh)
        reading.settings = opened.settings
        reading.forget(new)
        reading.begin(fresh, ask)
        found |= fresh


def _sides(seen: Snapshot, pcx_id: str) -> set[Location]:
    views = seen.views_of(pcx_id)
    return {side.location for view in views for side in (view.requester, view.accepter)}


def _nowhere(pcx_id: str, places: frozenset[Location]) -> str:
    named = first_of(sorted(places), MOST)
    return (
        f"{pcx_id} does not exist in {named}, and no route there leads to it. The command read no more: "
        "name its --region, and a --profile of its account"
    )
