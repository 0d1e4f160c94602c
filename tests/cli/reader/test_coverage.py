"""What was read and what was not: each row of the table."""

import pytest
from peerkeeper.values.ec2 import Location, Side
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.snapshot import Snapshot
from peerkeeper.values.trouble import ASSUME_ROLE, Meaning, Trouble

from peerkeeper_cli.reader.access import NO_CREDENTIALS
from peerkeeper_cli.reader.coverage import coverage
from peerkeeper_cli.reader.covered import State
from tests.builders import SEOUL, TOKYO, peering

OTHER = Location("444455556666", "eu-west-1")


def states(unread, wanted=(SEOUL, TOKYO), after=(), **seen):
    found = coverage(Snapshot(unread=unread, **seen), wanted, after)
    return {one.location: one for one in found}


def refused(code, meaning=Meaning.DENIED, action="DescribeVpcs"):
    return Trouble(meaning, code, "no", action)


@pytest.mark.parametrize(
    ("trouble", "state", "says"),
    [
        (None, State.READ, ""),
        (
            refused("UnauthorizedOperation"),
            State.DENIED,
            "DescribeVpcs says UnauthorizedOperation: no",
        ),
        (refused("AccessDenied", action=ASSUME_ROLE), State.DENIED, "AssumeRole says AccessDenied"),
        (refused("RequestLimitExceeded", Meaning.PASSING), State.UNREAD, "RequestLimitExceeded"),
        (refused("AuthFailure"), State.NOT_ENABLED, "the region is not enabled there"),
        (NO_CREDENTIALS, State.NOT_ASKED, "name a --profile"),
    ],
)
def test_a_location_is_as_its_reads_were(trouble, state, says):
    unread = {Read(TOKYO, Describe.VPCS): trouble} if trouble else {}
    found = states(unread)
    assert found[str(TOKYO)].state is state
    assert says in found[str(TOKYO)].words
    assert found[str(SEOUL)].state is State.READ


def test_credentials_that_no_region_takes_are_denied_not_regions_that_are_off():
    trouble = refused("AuthFailure")
    found = states({Read(where, Describe.VPCS): trouble for where in (SEOUL, TOKYO)})
    assert {one.state for one in found.values()} == {State.DENIED}


def test_what_the_hub_looks_after_and_nobody_reads_is_said():
    found = states({}, after=(SEOUL, OTHER))
    assert found[str(OTHER)].state is State.NOT_ASKED
    assert "--role-name" in found[str(OTHER)].words


def test_what_only_a_peering_names_is_said():
    pcx = peering(SEOUL, accepter=Side(OTHER, "vpc-1"))
    found = states({}, peerings={(SEOUL, pcx.id): pcx})
    assert found[str(OTHER)].state is State.NOT_ASKED
    assert "peerings name it" in found[str(OTHER)].words


def test_an_attribute_of_a_vpc_that_is_gone_is_no_gap():
    gone = Trouble(Meaning.ABSENT, "InvalidVpcID.NotFound", "gone", "DescribeVpcAttribute")
    assert states({Read(TOKYO, Describe.DNS_HOSTNAMES): gone})[str(TOKYO)].state is State.READ
