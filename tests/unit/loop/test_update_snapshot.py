"""A read that lags behind one of the same run does not take a peering back in its life."""

import pytest
from peerkeeper.loop.update_snapshot import with_observed
from peerkeeper.values.outcomes import Observed

from tests.builders import PCX, TOKYO, peering, snapshot


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("provisioning", "pending-acceptance", "provisioning"),
        ("active", "provisioning", "active"),
        ("deleted", "active", "deleted"),
        ("pending-acceptance", "active", "active"),
        ("active", "deleting", "deleting"),
        ("active", "active", "active"),
        ("active", "unknown", "unknown"),
        ("unknown", "pending-acceptance", "pending-acceptance"),
    ],
)
def test_the_later_status_in_a_peerings_life_is_kept(first, then, kept):
    seen = with_observed(
        snapshot(peering(status=first)), [Observed((), peerings=(peering(status=then),))]
    )
    assert seen.peerings[TOKYO, PCX].status.value == kept
