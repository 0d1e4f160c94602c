"""What is read around two ends: a gateway endpoint's prefix list is AWS's own, and is not asked for."""

from peerkeeper_cli.reach.find_ends import find_ends
from peerkeeper_cli.reach.read_around import read_around
from peerkeeper_cli.reach.word import word
from tests.cli.reach.replies import DB, SEOUL, WEB, Told, eni

ENDPOINT = {
    "DestinationPrefixListId": "pl-78a54011",
    "GatewayId": "vpce-0000000a",
    "State": "active",
    "Origin": "CreateRoute",
}
TABLE = {
    "RouteTableId": "rtb-0000000a",
    "VpcId": "vpc-0000000a",
    "Associations": [{"Main": True, "RouteTableAssociationId": "rtbassoc-0000000a"}],
    "Routes": [ENDPOINT],
}


def test_the_list_of_a_gateway_endpoint_is_known_without_a_read() -> None:
    there = Told(
        seoul_DescribeNetworkInterfaces=[eni(WEB, "10.0.0.4"), eni(DB, "10.0.0.5")],
        seoul_DescribeRouteTables=[TABLE],
    )
    found = find_ends([word(WEB), word(DB)], [SEOUL], there)
    ends = [end for ends in found.ends.values() for end in ends]
    around, unread = read_around(ends, there)
    assert unread == []
    (known,) = around.prefix_lists
    assert (known.id, known.of_aws) == ("pl-78a54011", True)
    assert not any(call.prefix_list for wave in there.waves for call in wave)
