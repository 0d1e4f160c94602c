import pytest

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.route_quota import check_room, routes_used

LIMITS = Limits(routes_per_table=4)
WEIGHTS = {"pl-3": (4, 3), "pl-6": (6, 2), "pl-1": (4, 1)}


@pytest.mark.parametrize(
    ("present", "destination", "fits"),
    [
        (("10.1.0.0/16",), "pl-3", True),
        (("10.1.0.0/16", "10.2.0.0/16"), "pl-3", False),
        (("pl-3",), "10.1.0.0/16", True),
        (("pl-3", "pl-1"), "10.1.0.0/16", False),
        (("pl-3", "pl-1"), "2001:db8::/56", True),
        (("2001:db8::/56", "2001:db8:1::/56"), "pl-6", True),
        (("2001:db8::/56", "2001:db8:1::/56", "2001:db8:2::/56"), "pl-6", False),
    ],
)
def test_lists_count_by_their_weight_in_their_family(
    present: tuple[str, ...], destination: str, fits: bool
) -> None:
    if fits:
        check_room("rtb-1", present, destination, LIMITS, WEIGHTS)
        return
    with pytest.raises(Refusal, match="rtb-1") as caught:
        check_room("rtb-1", present, destination, LIMITS, WEIGHTS)
    assert caught.value.code == "RouteLimitExceeded"


def test_a_list_of_unknown_weight_counts_for_one() -> None:
    assert routes_used(("pl-9", "10.1.0.0/16", "2001:db8::/56"), 4, {}) == 2
