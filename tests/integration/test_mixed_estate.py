"""A week in an estate of thirty VPCs, five of them tagged, in mode `full` with default settings.

Forty peerings and their routes are made by hand. Ten VPCs hold the same network of pods. Some lead to the
internet, some through a firewall. `mixed/week.py` has what people and tools do. `make test` runs 28 sweeps of
the 672, one after each thing that was done. `make proof` runs them all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest

from tests.integration.alarms import rung
from tests.integration.mixed.estate import (
    APPS,
    DATA,
    EDGE,
    EVERYBODY,
    GONE,
    HUB,
    LAB,
    MEET,
    OLD,
    Estate,
)
from tests.integration.mixed.replay import Replay
from tests.integration.mixed.week import WEEK, live

ENDED = {GONE, (HUB, 11), (10, 20), (10, 23)}
TWIN = (HUB, DATA)


@dataclass
class Lived:
    """The estate after its week."""

    estate: Estate
    begin: float
    sweeps: int

    def named(self, counted: Counter[str]) -> dict[tuple[int, int], int]:
        """Return the counts by pair of VPCs in place of peering."""
        names = {pcx: pair for pair, pcx in self.estate.pcxs.items()}
        return {names[pcx]: count for pcx, count in counted.items()}

    def told(self, kind: str) -> dict[tuple[int, int], int]:
        return self.named(self.estate.log.about(kind))

    def found(self, code: str) -> list[str]:
        return [f["subject"] for f in self.estate.log.last_sweep if f["code"] == code]


@pytest.fixture(
    scope="module",
    params=[False, pytest.param(True, marks=pytest.mark.proof)],
    ids=["jumps", "whole"],
)
def lived(request):
    with Estate() as estate:
        begin = estate.cloud.clock.now()
        yield Lived(estate, begin, live(estate, whole=request.param))


def test_every_write_to_a_setting_and_to_a_route_was_asked_for_by_tags_of_its_moment(
    lived, measured
):
    replay, calls = Replay(), lived.estate.cloud.calls
    assert list(replay.broken(calls)) == []
    assert replay.judged > 50
    kinds = dict(sorted(lived.estate.log.kinds().items()))
    measured(f"mixed estate: {lived.sweeps} sweeps, {len(calls):,} EC2 calls; told: {kinds}")


def test_settings_are_written_in_the_vpcs_that_ask_and_once_each(lived):
    vpcs = {vpc.id: number for number, vpc in lived.estate.vpcs.items()}
    subnets = {
        subnet: (number, name)
        for number, vpc in lived.estate.vpcs.items()
        for name, subnet in vpc.subnets.items()
    }
    writes = list(lived.estate.writes())
    names = [vpcs[c.params["VpcId"]] for c in writes if c.action == "ModifyVpcAttribute"]
    # The hub's were turned off by hand once more; the owner of 27 asked for them in the week.
    assert sorted(names) == [HUB, HUB, DATA, EDGE, 27]
    switched = {(EDGE, "private"), (EDGE, "public")}  # the second was moved to a private table
    off = [subnets[c.params["SubnetId"]] for c in writes if c.action == "ModifySubnetAttribute"]
    assert sorted(off) == sorted(switched)
    assert lived.estate.without_public_ip() == switched
    assert not lived.estate.has_host_names(8)


def test_routes_made_by_hand_stay_while_their_peering_lives_and_go_with_it(lived):
    for one, other in (*MEET, GONE, (29, 30)):
        stays = (one, other) not in ENDED
        assert ("main" in lived.estate.routed(one, other)) is stays, (one, other)
        assert ("main" in lived.estate.routed(other, one)) is stays, (one, other)


def test_each_notice_is_told_once_and_has_its_reason(lived):
    # 29 and 30 were accepted by hand 40 s later; the twin and the request to an exempt VPC wait for a person.
    assert lived.told("PeeringHeld") == dict.fromkeys([OLD, (27, 28), (29, 30), TWIN, (28, LAB)], 1)
    assert lived.told("RequestExpiring") == {OLD: 1, (27, 28): 1}
    assert lived.told("RequestExpired") == {OLD: 1}
    # Two claim the pods' network in the hub; a tool's route is in the way of the third.
    torn = dict.fromkeys([(HUB, 10), (HUB, 11), (APPS, HUB)], 1)
    assert lived.told("PeeringNotCarrying") == lived.told("RouteConflict") == torn


def test_everything_else_that_is_told_follows_from_what_people_did(lived):
    log = lived.estate.log
    assert lived.told("PeeringAccepted") == dict.fromkeys([(APPS, HUB), (DATA, HUB), (28, HUB)], 1)
    assert lived.told("StaleRoutesRemoved") == {
        GONE: 2,  # one a region
        (HUB, 11): 1,
        (10, 20): 1,
        (10, 23): 2,
    }
    assert lived.told("RoutesChanged") == {
        (DATA, 12): 1,
        (HUB, 10): 3,  # at first, in the new subnet's table, and the pods' network once it is free
        **dict.fromkeys([(HUB, 11), (HUB, 20), (HUB, 21)], 2),
        (APPS, HUB): 2,  # the second once the route in the way is gone
        (DATA, HUB): 2,  # one a region
        (28, HUB): 1,
    }
    rest = {
        "DriftFound": 2,
        "SweepFinished": lived.sweeps,
    }  # drift at the first sweep, one a region
    assert {kind: log.kinds()[kind] for kind in rest} == rest
    # Told by each run that wrote a route after which all of that side is carried.
    assert log.kinds()["PeeringCarries"] > 0
    assert len(log.kinds()) == 11


def test_no_alarm_goes_off_but_for_peerings_that_do_not_carry(lived):
    estate = lived.estate
    alarms = estate.pump.hub.alarms
    went_off = rung(alarms, estate.log.measures, lived.begin, lived.begin + WEEK)
    assert len(alarms) == 13
    # While two claim the pods' network, and while a tool's route is in the way.
    assert went_off == {"peerkeeper-peerings-not-carrying": 2}
    assert estate.log.dead == []


def test_no_change_fails_but_one_try_to_accept_a_twin(lived):
    failed = [call for call in lived.estate.writes() if call.error]
    (twin,) = failed
    assert twin.action == "AcceptVpcPeeringConnection"
    assert twin.params["VpcPeeringConnectionId"] == lived.estate.pcxs[TWIN]
    measured = lived.estate.log.measured
    assert (measured("ChangesFailed"), measured("ChangesRefused"), measured("Errors")) == (1, 0, 0)


def test_peerings_made_by_hand_are_one_finding_a_vpc(lived):
    numbers = {vpc.id: number for number, vpc in lived.estate.vpcs.items()}
    found = [numbers[subject] for subject in lived.found("routed-not-approved")]
    # The hub's and the data's tags agree, and the lab is exempt; no other VPC names the peers it routes.
    assert sorted(found) == sorted({*EVERYBODY} - {HUB, DATA, LAB})


def test_the_other_findings_of_the_last_sweep_are_few_and_each_has_its_reason(lived):
    codes = Counter(found["code"] for found in lived.estate.log.last_sweep)
    del codes["routed-not-approved"]
    pcxs = lived.estate.pcxs
    assert lived.found("held-not-approved") == [pcxs[27, 28]]
    assert not lived.found("dns-off")  # the tag of the one VPC without hostnames says leave
    assert codes == {"held-not-approved": 1}
