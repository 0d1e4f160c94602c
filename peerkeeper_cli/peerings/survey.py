"""Who peers with whom, as one value for the list and for the map. In: an estate. Out: `Survey`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from peerkeeper.settings import Mode

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.peerings.as_if_agreed import as_in_full, judged_now
from peerkeeper_cli.peerings.peering_row import PeeringRow, Verdict
from peerkeeper_cli.peerings.peering_rows import peering_rows
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.peerings.vpc_rows import vpc_rows

VERSION = 1
OPEN = frozenset({Verdict.NOTHING, Verdict.PARTLY, Verdict.WAITS})


@dataclass(frozen=True, slots=True)
class Survey:
    """Every peering and every VPC, and how much was read."""

    estate: Estate
    rows: tuple[PeeringRow, ...]
    vpcs: tuple[VpcRow, ...]

    @property
    def exit_code(self) -> int:
        """Return 4 where something could not be read, 3 where something is due or does not carry, else 0."""
        if self.estate.unread:
            return 4
        return 3 if any(row.due or row.verdict in OPEN for row in self.rows) else 0

    def to_dict(self, rows: Iterable[PeeringRow]) -> dict[str, Any]:
        """Return it as plain JSON values, with these of its rows."""
        return {
            "version": VERSION,
            "settings_of": self.estate.said,
            "coverage": [one.to_dict() for one in self.estate.coverage],
            "peerings": [row.to_dict() for row in rows],
            "vpcs": [asdict(one) for one in self.vpcs],
            "exit_code": self.exit_code,
        }


def survey(estate: Estate) -> Survey:
    """Return who peers with whom; what is due is what mode `full` would do."""
    now = judged_now(estate.seen, as_in_full(estate.settings))
    rows = peering_rows(estate, now, look_ahead(estate, (Mode.FULL,))[Mode.FULL])
    return Survey(estate, rows, vpc_rows(estate, rows, now[0].findings))
