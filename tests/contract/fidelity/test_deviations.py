"""Where plain moto and EC2 differ, the local cloud does as EC2 does.

Both halves are asserted: if moto learns a rule, its row fails and our own code for it can go.
"""

import pytest

from tests.contract.fidelity.dhcp_deviations import DHCP
from tests.contract.fidelity.peering_life_deviations import LIFE
from tests.contract.fidelity.peering_option_deviations import OPTIONS
from tests.contract.fidelity.peering_view_deviations import VIEWS
from tests.contract.fidelity.region_deviations import REGIONS
from tests.contract.fidelity.route_deviations import ROUTES
from tests.contract.fidelity.route_table_deviations import ROUTE_TABLES
from tests.contract.fidelity.stage import Deviation, local_cloud, plain_moto
from tests.contract.fidelity.vpc_deviations import VPCS

ALL = (*LIFE, *VIEWS, *OPTIONS, *ROUTES, *ROUTE_TABLES, *VPCS, *DHCP, *REGIONS)


@pytest.mark.parametrize("deviation", ALL, ids=lambda each: each.name)
def test_the_local_cloud_does_as_ec2_does(deviation: Deviation) -> None:
    with local_cloud() as stage:
        assert deviation.scene(stage) == deviation.aws, deviation.source


@pytest.mark.parametrize("deviation", ALL, ids=lambda each: each.name)
def test_plain_moto_still_does_otherwise(deviation: Deviation) -> None:
    with plain_moto() as stage:
        assert deviation.scene(stage) == deviation.moto
