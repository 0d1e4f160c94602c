import pytest

from workbench.semantics.refusal import Refusal, malformed, no_such_peering


@pytest.mark.parametrize(
    ("code", "status"),
    [("RequestLimitExceeded", 503), ("ServiceUnavailable", 503), ("InvalidRoute.NotFound", 400)],
)
def test_throttling_and_trouble_of_the_service_are_503(code: str, status: int) -> None:
    assert Refusal(code, "no").http_status == status


def test_not_found_and_malformed_are_spelt_differently_as_ec2_does() -> None:
    assert no_such_peering("pcx-1").code == "InvalidVpcPeeringConnectionID.NotFound"
    assert malformed("VpcPeeringConnectionId", "x").code == (
        "InvalidVpcPeeringConnectionId.Malformed"
    )
    assert str(Refusal("A", "b")) == "A: b"
