"""Which addresses VPCs and subnets may have, and how an IPv6 block comes to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerkeeper_local.semantics.addresses import (
    check_further_block,
    check_subnet_block,
    check_vpc_block,
)
from peerkeeper_local.semantics.cidr_association import on_its_way, settled
from peerkeeper_local.semantics.limits import Delays, Moment
from peerkeeper_local.semantics.networks import canonical
from peerkeeper_local.semantics.refusal import Refusal


def refused(check, *sent):
    try:
        check(*sent)
    except Refusal as refusal:
        return refusal.code
    return ""


@given(st.ip_addresses(v=4, network="10.0.0.0/8"), st.integers(0, 32))
def test_only_blocks_from_16_to_28_are_taken(address, prefix):
    cidr = canonical(f"{address}/{prefix}")
    wrong = not 16 <= prefix <= 28
    assert refused(check_vpc_block, cidr) == ("InvalidVpc.Range" if wrong else "")
    assert refused(check_subnet_block, cidr) == ("InvalidSubnet.Range" if wrong else "")


@pytest.mark.parametrize("cidr", ["0.1.0.0/16", "127.1.0.0/24", "169.254.3.0/24", "239.0.0.0/16"])
def test_addresses_that_are_for_no_network_are_refused(cidr):
    assert refused(check_vpc_block, cidr) == "InvalidVpc.Range"


@pytest.mark.parametrize(
    ("cidr", "blocks", "allowed"),
    [
        ("10.3.0.0/16", ["10.2.0.0/16"], True),
        ("172.16.0.0/16", ["10.2.0.0/16"], False),
        ("192.168.1.0/24", ["10.2.0.0/16"], False),
        ("10.2.0.0/16", ["192.168.1.0/24"], False),
        ("192.168.2.0/24", ["192.168.1.0/24"], True),
        ("100.64.0.0/16", ["10.2.0.0/16"], True),
        ("52.0.0.0/16", ["10.2.0.0/16"], True),
        ("198.19.0.0/16", ["10.2.0.0/16"], False),
        ("198.18.0.0/16", ["10.2.0.0/16"], True),
        ("198.19.4.0/24", ["198.19.2.0/24"], True),
        ("10.2.0.0/16", ["198.19.0.0/16"], False),
        ("10.2.0.0/16", ["52.0.0.0/16"], False),
        ("172.31.0.0/20", ["172.16.0.0/16"], False),
        ("172.17.0.0/16", ["172.31.0.0/16"], True),
        ("10.0.4.0/24", ["10.1.0.0/16"], False),
        ("10.0.4.0/24", ["10.2.0.0/16"], True),
        ("10.0.4.0/24", ["10.2.0.0/16", "10.1.0.0/16"], False),
        ("10.3.0.0/16", ["10.2.0.0/16", "100.64.0.0/16"], True),  # the primary one decides
        ("10.3.0.0/15", ["10.4.0.0/16"], False),
        ("127.0.0.0/16", ["10.2.0.0/16"], False),
    ],
)
def test_a_further_block_goes_with_the_primary_one(cidr, blocks, allowed):
    code = refused(check_further_block, canonical(cidr), blocks[0], blocks)
    assert code == ("" if allowed else "InvalidVpc.Range")


def test_an_ipv6_block_settles_by_the_clock():
    moment = Moment(100.0, Delays(associating=3.0))
    assert [settled(asked, moment) for asked in (None, 97.0, 97.5)] == [True, True, False]
    association = {"AssociationId": "a", "Ipv6CidrBlock": "::/56", "Ipv6CidrBlockState": {}}
    shown = on_its_way(association)
    assert shown == {"AssociationId": "a", "Ipv6CidrBlockState": {"State": "associating"}}
