"""The estate for tests, in this process. In: parameters. Out: a stage on which it stands."""

from __future__ import annotations

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.seeds.estate.build import build
from peerkeeper_local.seeds.estate.estate import Estate
from peerkeeper_local.seeds.estate.places import FOREIGN, IDS, PARAMETERS, REGIONS, SPOKES
from peerkeeper_local.story.stage import DELAYS, Stage


class EstateStage(Stage):
    """The hub, its spokes, and the estate; in mode `observe` unless told otherwise.

    Functions begin to answer when it stands.
    """

    regions = REGIONS
    accounts = SPOKES
    estate: Estate

    def __init__(self, **parameters: str) -> None:
        """`parameters`: values for template.yaml that differ from the estate's own."""
        said = {**PARAMETERS, **parameters}
        super().__init__(said.pop("Mode"), DELAYS, None, **said)
        self.cloud = LocalCloud(
            regions=self.regions, delays=DELAYS, accounts=self.accounts, ids_from=IDS
        )
        self.cloud.authority.closed.update(FOREIGN)

    def set_up(self) -> None:
        """Build the estate while no function listens."""
        self.pump.cut()
        self.estate = build(self)
        self.pump.run(until_idle=False)
        self.pump.join()
