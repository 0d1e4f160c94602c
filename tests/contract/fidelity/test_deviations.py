"""Where plain moto and EC2 differ, the local cloud does as EC2 does.

`test_plain_moto.py` asserts the other half.
"""

import pytest

from tests.contract.fidelity.deviations import ALL
from tests.contract.fidelity.stage import Deviation, local_cloud


@pytest.mark.parametrize("deviation", ALL, ids=lambda each: each.name)
def test_the_local_cloud_does_as_ec2_does(deviation: Deviation) -> None:
    with local_cloud(deviation.limits) as stage:
        assert deviation.scene(stage) == deviation.aws, deviation.source
