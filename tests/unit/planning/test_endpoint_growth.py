"""Twice as many VPCs with endpoints and peerings are twice the work of the rules that look at them."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.endpoint_private_dns import endpoint_private_dns
from peerkeeper.planning.rules.endpoint_tables import endpoint_tables
from peerkeeper.planning.rules.endpoint_ways_in import endpoint_ways_in
from peerkeeper.planning.rules.private_zones import private_zones
from peerkeeper.settings import Endpoints
from peerkeeper.values.ec2 import PrefixList, Side, network
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.zones import HostedZone, ZonesOfAccount, ZoneVpc

from tests.builders import TOKYO, US, peering, settings, snapshot, table, vpc
from tests.unit.planning.endpoints import ALL, DNS_ON, gateway, interface
from tests.work import counted

LEEWAY = 1.15
PEERS = 4


def estate(vpcs):
    """So many VPCs, each with a zone, a table, four peers, two interface endpoints and two for gateways."""
    ids = [f"vpc-{number:017x}" for number in range(vpcs)]
    endpoints = [one for number, id_ in enumerate(ids) for one in endpoints_of(number, id_)]
    resources = [
        *(vpc(id=id_, cidrs=(network(f"10.0.{n}.0/24"),)) for n, id_ in enumerate(ids)),
        *(
            table(TOKYO, id=f"rtb-{n:017x}", vpc_id=id_, subnet_ids=(f"subnet-{n:017x}",))
            for n, id_ in enumerate(ids)
        ),
        *(
            peering(id=f"pcx-{n * PEERS + step:017x}", requester=Side(TOKYO, id_), accepter=peer)
            for n, id_ in enumerate(ids)
            for step in range(1, PEERS + 1)
            for peer in [Side(TOKYO, ids[(n + step) % vpcs])]
        ),
    ]
    lists = [
        PrefixList(TOKYO, f"pl-{number:017x}", of_aws=True, name=f"com.{number}")
        for number in range(vpcs)
    ]
    zones = tuple(
        HostedZone(TOKYO, f"Z{n}", f"{n}.", SELF_SHARED, frozenset({ZoneVpc(TOKYO.region, id_)}))
        for n, id_ in enumerate(ids)
    )
    seen = snapshot(
        *resources,
        vpc_endpoints={(one.location, one.id): one for one in endpoints},
        prefix_lists={(one.location, one.id): one for one in lists},
        dns_hostnames={(TOKYO, id_): True for id_ in ids},
        zones={(TOKYO, US): ZonesOfAccount(TOKYO, US, zones)},
    )
    reads = {Read(TOKYO, kind) for kind in (Describe.VPC_ENDPOINTS, Describe.AWS_PREFIX_LISTS)}
    return replace(seen, done=seen.done | reads)


SELF_SHARED = (("peerkeeper:share", "self"),)


def endpoints_of(number, vpc_id):
    for kind in range(2):
        id_ = f"vpce-{number * 4 + kind:017x}"
        yield interface(id_, location=TOKYO, vpc_id=vpc_id, service=f"com.{kind}", tags=DNS_ON)
        id_ = f"vpce-{number * 4 + 2 + kind:017x}"
        yield gateway(id_, location=TOKYO, vpc_id=vpc_id, service=f"com.{kind}", tags=ALL)


@pytest.mark.parametrize(
    "rule", [endpoint_ways_in, endpoint_private_dns, endpoint_tables, private_zones]
)
def test_twice_the_vpcs_are_twice_the_work(rule):
    def cost(vpcs):
        seen = estate(vpcs)
        return counted(lambda: [*rule(seen, settings(endpoints=Endpoints.KEEP))])[1]

    assert cost(40) <= 2 * LEEWAY * cost(20)
