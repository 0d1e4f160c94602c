"""Where the accepter's VPC of a request is."""

import pytest

from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peer_location import peer_location
from peerkeeper_local.semantics.refusal import Refusal

HERE = Location("111122223333", "ap-northeast-2")
REGIONS = ("ap-northeast-1", "ap-northeast-2")


@pytest.mark.parametrize(
    ("sent", "there"),
    [
        ({}, HERE),
        ({"PeerRegion": "ap-northeast-1"}, Location(HERE.account, "ap-northeast-1")),
        ({"PeerOwnerId": "444455556666"}, Location("444455556666", HERE.region)),
    ],
)
def test_what_is_not_named_is_the_callers(sent: dict[str, str], there: Location) -> None:
    assert peer_location(sent, HERE, REGIONS) == there


@pytest.mark.parametrize(
    ("sent", "parameter"),
    [
        ({"PeerRegion": "nowhere-1"}, "peerRegion"),
        ({"PeerRegion": "cn-north-1"}, "peerRegion"),
        ({"PeerOwnerId": "12"}, "peerOwnerId"),
        ({"PeerOwnerId": "1111222233334"}, "peerOwnerId"),
        ({"PeerOwnerId": "somebody-else"}, "peerOwnerId"),
    ],
)
def test_what_cannot_exist_is_refused_at_once(sent: dict[str, str], parameter: str) -> None:
    with pytest.raises(Refusal, match=f"for parameter {parameter} is invalid") as refused:
        peer_location(sent, HERE, REGIONS)
    assert refused.value.code == "InvalidParameterValue"
