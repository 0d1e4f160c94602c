"""With default parameters Peerkeeper changes the VPCs that take part, and no other."""

from tests.reports.estate import add_only


@add_only
def test_the_dns_host_names_of_a_vpc_without_tag_and_peering_stay_as_they_are(estate):
    vpc = estate.vpc("10.9.0.0/16")
    estate.pump.advance(60)
    estate.sweep()
    assert not estate.has_host_names(vpc)
