"""Plain moto still does otherwise than EC2: if it learns a rule, its row fails, and ours can go."""

import pytest

from tests.contract.fidelity.deviations import ALL
from tests.contract.fidelity.stage import Deviation, plain_moto


@pytest.mark.parametrize("deviation", ALL, ids=lambda each: each.name)
def test_plain_moto_still_does_otherwise(deviation: Deviation) -> None:
    with plain_moto() as stage:
        assert deviation.scene(stage) == deviation.moto
