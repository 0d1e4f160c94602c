"""A slip in the key of the hands-off tag still means hands off, and is reported."""

import pytest


@pytest.mark.parametrize(
    "key", ["peerkeeper:Exempt", "Peerkeeper:exempt", "PeerKeeper:Exempt", "peerkeeper:exempt "]
)
def test_a_vpc_with_a_slip_in_its_exempt_tag_is_left_alone_and_reported(estate, key):
    vpc = estate.vpc("10.9.0.0/16", [{"Key": key, "Value": "true"}])
    estate.pump.advance(60)
    estate.sweep()
    reported = any(finding["code"] == "tag-fault" for finding in estate.naming(vpc))
    assert (estate.has_host_names(vpc), reported) == (False, True)
