"""What keep_endpoints reads: little in a VPC without a tagged endpoint, all that a tagged one rests on."""

import pytest
from peerkeeper.reading.keep import KeepReads
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.scope import Hint

from tests.builders import SEOUL, SEOUL_TABLE, SEOUL_VPC, settings, table
from tests.unit.planning.endpoints import DNS_ON, ONE, PRIVATE, gateway, interface, seen, to_s3

OF_VPC = (Describe.VPC_ENDPOINTS, By.VPC, SEOUL_VPC)


def first(*hint):
    return [tuple(read)[1:] for read in KeepReads().first(Hint(SEOUL, *hint))]


def follow(*resources, endpoints=(), hint=(SEOUL_VPC,)):
    reads = KeepReads().follow(
        seen(*resources, endpoints=endpoints), [Hint(SEOUL, *hint)], settings()
    )
    return {tuple(read)[1:] for read in reads}


@pytest.mark.parametrize(
    ("hint", "read"),
    [
        ((), (Describe.VPC_ENDPOINTS, By.ALL, "")),
        ((SEOUL_VPC,), OF_VPC),
        ((ONE, SEOUL_VPC), OF_VPC),
        ((ONE,), (Describe.VPC_ENDPOINTS, By.ENDPOINT, ONE)),
        ((SEOUL_TABLE,), (Describe.ROUTE_TABLES, By.ROUTE_TABLE, SEOUL_TABLE)),
    ],
)
def test_each_hint_is_one_read(hint, read):
    assert first(*hint) == [read]


def test_a_table_that_is_named_with_its_vpc_is_read_as_well():
    of_table = (Describe.ROUTE_TABLES, By.ROUTE_TABLE, SEOUL_TABLE)
    assert first(SEOUL_TABLE, SEOUL_VPC) == [OF_VPC, of_table]


@pytest.mark.parametrize("id_", ["pcx-0c0ffee0c0ffee001", "subnet-0a39a39a39a39a311"])
def test_a_hint_of_another_kind_reads_nothing(id_):
    assert first(id_) == []


def test_a_table_or_an_endpoint_leads_to_the_endpoints_of_its_vpc():
    assert follow(table(SEOUL), hint=(SEOUL_TABLE,)) == {OF_VPC}
    assert follow(endpoints=[gateway()], hint=(ONE,)) == {OF_VPC}


def test_without_a_tagged_endpoint_nothing_follows():
    assert follow(endpoints=[gateway(), interface("vpce-0a39a39a39a39a303")]) == set()


def test_an_endpoint_that_wants_tables_needs_its_vpc_tables_and_subnets():
    kinds = {Describe.VPCS, Describe.ROUTE_TABLES, Describe.SUBNETS}
    assert follow(endpoints=[gateway(tags=PRIVATE)]) == {(one, By.VPC, SEOUL_VPC) for one in kinds}


def test_one_that_wants_private_dns_needs_the_dns_of_its_vpc_while_it_is_off():
    kinds = {Describe.VPCS, Describe.DNS_HOSTNAMES}
    wants = interface(tags=DNS_ON)
    assert follow(endpoints=[wants]) == {(one, By.VPC, SEOUL_VPC) for one in kinds}
    assert follow(endpoints=[interface(tags=DNS_ON, private_dns=True)]) == set()


def test_a_table_that_names_a_list_asks_which_lists_aws_owns():
    asked = follow(table(SEOUL, to_s3()), endpoints=[gateway()])
    assert asked == {(Describe.AWS_PREFIX_LISTS, By.ALL, "")}
