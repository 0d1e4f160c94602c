"""The same scripts end in the same state on the simulator and on the local cloud with its real handlers."""

from __future__ import annotations

import pytest

from peerkeeper_local.cloud import Delays
from peerkeeper_local.story.stage import Stage
from simulator import engine
from simulator.ends import end_of
from simulator.faults import Knobs
from simulator.hands import Hands
from simulator.scenarios import BY_NAME
from simulator.scenarios.scenario import GATEWAY
from simulator.schedule import Schedule

NAMES = (
    "two-regions/request",
    "two-regions/delete",
    "two-regions/delete-and-again",
    "two-regions/network-leaves",
    "two-regions/dns-support-off",
    "two-regions/new-vpc",
    "nobody-agrees/request-and-reject",
    "one-region/route-deleted",
    "accepter-agrees/request",
    "nobody-agrees/agree-late",
    "nobody-agrees/approve-the-peering",
    "one-region-nobody-agrees/approve-itself",
    "two-tables/new-table",
    "no-routes-tag/second-network",
    "exempt/request",
    "overlapping/request",
    "three/two-peers-one-leaves",
    "foreign-accepter/request-and-accept",
    "foreign-accepter/request-back",
    "two-regions+stale/request",
    "internet/internet-leaves",
    "subnets/subnet-moves",
    "subnets/internet-comes-and-goes",
    "subnets/consent-comes-and-goes",
)


def on_the_simulator(scenario):
    with engine.quick():
        schedule = Schedule(scenario, Knobs(), 3)
        result = schedule.run()
    assert not result.broken
    return end_of(schedule.hands)


def on_the_local_cloud(scenario):
    parameters = dict(scenario.parameters)
    with Stage(parameters.pop("Mode"), Delays(), **parameters) as stage:
        hands = Hands(lambda account, region: stage.ec2(region, account))
        stage.pump.cut()
        for seconds, verb, *args in scenario.start:
            stage.pump.advance(seconds)
            assert not hands.do(verb, *args)
            if (verb, *args[:2]) == ("vpc", "a", "seoul"):
                with_gateway(hands)
        stage.pump.advance(scenario.age)
        stage.pump.join()
        for seconds, verb, *args in scenario.script:
            stage.pump.advance(seconds)
            hands.do(verb, *args)
        stage.pump.advance(1200)
        for _ in range(2):
            stage.pump.sweep()
            stage.pump.advance(1200)
        return end_of(hands)


def with_gateway(hands):
    """Give the VPC `a` the internet gateway that the scripts name; the simulator has it from the start."""
    ec2, vpc = hands.home("a"), hands.names["a"]
    made = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=vpc)
    hands.names[GATEWAY] = made


@pytest.mark.parametrize("name", NAMES)
def test_a_script_ends_the_same(name):
    scenario = BY_NAME[name]
    assert on_the_simulator(scenario) == on_the_local_cloud(scenario)
