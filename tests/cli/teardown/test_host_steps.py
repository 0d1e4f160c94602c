"""Instances, NAT gateways, endpoints, interfaces and addresses: a test for each row of the tables."""

import pytest

from peerkeeper_cli.teardown.order.blocker import Blocker
from peerkeeper_cli.teardown.order.host_steps import host_steps
from peerkeeper_cli.teardown.seen.contents import (
    Address,
    Endpoint,
    Instance,
    Interface,
    NatGateway,
)
from peerkeeper_cli.teardown.seen.kind import Kind
from tests.cli.teardown.seen import commands, own_vpc


def found(**contents):
    return [*host_steps(own_vpc(**contents))]


def operations(steps):
    return [command.split()[2] for command in commands(steps)]


def test_an_instance_is_terminated_and_waited_for():
    (step,) = found(instances=(Instance("i-1"),))
    assert operations([step]) == ["terminate-instances"]
    assert step.wait.waiter == "instance-terminated"
    (step,) = found(instances=(Instance("i-1", shutting_down=True),))
    assert (step.calls, step.wait.waiter) == ((), "instance-terminated")


@pytest.mark.parametrize(
    ("instance", "remedy"),
    [
        (Instance("i-1", protected=True), "--no-disable-api-termination"),
        (Instance("i-1", scaling_group="web"), "delete the group"),
    ],
)
def test_what_somebody_keeps_alive_blocks(instance, remedy):
    (blocker,) = found(instances=(instance,))
    assert isinstance(blocker, Blocker)
    assert remedy in blocker.remedy


def test_a_nat_gateway_is_deleted_then_its_address_is_released():
    nat = NatGateway("nat-1", False, frozenset({"eipalloc-1"}), frozenset({"eni-1"}))
    address = Address("eipalloc-1", "192.0.2.1", "eipassoc-1", "eni-1")
    eni = Interface("eni-1", attached=True, managed=True)
    first, last = found(nat_gateways=(nat,), addresses=(address,), interfaces=(eni,))
    assert operations([first, last]) == ["delete-nat-gateway", "release-address"]
    assert first.wait.waiter == "nat-gateway-deleted"
    (going,) = found(nat_gateways=(NatGateway("nat-1", deleting=True),))
    assert going.calls == ()


def test_an_endpoint_is_deleted_and_waited_for_until_it_is_gone():
    endpoint = Endpoint("vpce-1", "com.amazonaws.eu-west-1.ssm", frozenset({"eni-1"}))
    (step,) = found(endpoints=(endpoint,), interfaces=(Interface("eni-1", True, managed=True),))
    assert operations([step]) == ["delete-vpc-endpoints"]
    assert "Unsuccessful[].Error.Code" in step.calls[0].query
    assert step.wait.waiter == ""
    (going,) = found(endpoints=(Endpoint("vpce-1", "ssm", deleting=True),))
    assert going.calls == ()
    (blocker,) = found(endpoints=(Endpoint("vpce-1", "ssm", managed=True),))
    assert isinstance(blocker, Blocker)


def test_an_interface_that_goes_with_its_instance_has_no_step():
    assert found(interfaces=(Interface("eni-1", True, "i-1"),)) == []


@pytest.mark.parametrize(
    "interface", [Interface("eni-1", True, "i-1", stays=True), Interface("eni-1")]
)
def test_an_interface_that_stays_or_is_free_is_deleted(interface):
    (step,) = found(interfaces=(interface,))
    assert operations([step]) == ["delete-network-interface"]


@pytest.mark.parametrize(
    "interface",
    [
        Interface("eni-1", True, managed=True, kind="lambda", description="AWS Lambda VPC ENI"),
        Interface("eni-1", True),
    ],
)
def test_an_interface_of_a_service_or_of_something_unknown_blocks(interface):
    (blocker,) = found(interfaces=(interface,))
    assert isinstance(blocker, Blocker)
    assert interface.description in blocker.words


def test_an_address_of_an_instance_is_released_after_it():
    address = Address("eipalloc-1", "192.0.2.1", "eipassoc-1", "eni-1")
    (step,) = found(addresses=(address,), interfaces=(Interface("eni-1", True, "i-1"),))
    assert operations([step]) == ["release-address"]
    assert step.kind is Kind.ADDRESS


@pytest.mark.parametrize("interface", [Interface("eni-1"), Interface("eni-1", True, "i", True)])
def test_an_address_of_an_interface_that_stays_is_disassociated_first(interface):
    address = Address("eipalloc-1", "192.0.2.1", "eipassoc-1", "eni-1")
    _interface, step = found(addresses=(address,), interfaces=(interface,))
    assert operations([step]) == ["disassociate-address", "release-address"]


@pytest.mark.parametrize(
    "address",
    [
        Address("eipalloc-1", "192.0.2.1"),
        Address("eipalloc-1", "192.0.2.1", "eipassoc-1", "eni-of-another-vpc"),
        Address("eipalloc-1", "192.0.2.1", "eipassoc-1", "eni-1", managed="alb"),
        Address("", "192.0.2.1", "", "eni-1"),
    ],
)
def test_other_addresses_are_left_alone(address):
    assert found(addresses=(address,), interfaces=(Interface("eni-1", True, "i-1"),)) == []
