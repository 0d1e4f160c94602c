"""What the sweep reads about VPC endpoints, and which groups of them it need not ask for again."""

import pytest
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.reporting.call_findings import call_findings
from peerkeeper.settings import Endpoints
from peerkeeper.values.findings import ENDPOINTS, WHAT_STOPS
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.security_groups import SecurityGroup
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import SEOUL, SEOUL_VPC, US, settings
from tests.unit.planning.endpoints import gateway, interface, seen

GROUP = "sg-0a39a39a39a39a301"
ALL_OF_VPC = Read(SEOUL, Describe.GROUPS, By.VPC, SEOUL_VPC)
BY_ID = Read(SEOUL, Describe.GROUPS, By.GROUP, GROUP)
WHOLE = Read(SEOUL, Describe.VPC_ENDPOINTS)
DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeSecurityGroups")


def asked(endpoint, look=Endpoints.REPORT, **changed):
    found = seen(endpoints=(endpoint,), **changed)
    reads = SweepReads().follow(found, [Hint(SEOUL)], settings(endpoints=look))
    return [read for read in reads if read.kind in (Describe.VPC_ENDPOINTS, Describe.GROUPS)]


def test_the_groups_of_an_interface_endpoint_are_asked_for_by_their_ids():
    assert asked(interface(group_ids=(GROUP,))) == [WHOLE, BY_ID]


def test_a_gateway_endpoint_has_no_groups_to_ask_for():
    assert asked(gateway()) == [WHOLE]


def test_with_off_nothing_is_asked():
    assert asked(interface(group_ids=(GROUP,)), Endpoints.OFF) == []


def test_a_group_that_reachability_has_read_is_not_asked_for_again():
    group = SecurityGroup(SEOUL, GROUP, SEOUL_VPC, US)
    assert asked(interface(group_ids=(GROUP,)), security_groups={(SEOUL, GROUP): group}) == [WHOLE]


def test_a_read_of_the_vpcs_groups_that_failed_is_not_tried_again_by_id():
    assert asked(interface(group_ids=(GROUP,)), unread={ALL_OF_VPC: DENIED}) == [WHOLE]


@pytest.mark.parametrize(("read", "about"), [(ALL_OF_VPC, WHAT_STOPS), (BY_ID, ENDPOINTS)])
def test_a_failed_read_of_groups_is_about_the_look_that_asked(read, about):
    found = call_findings(seen(unread={read: DENIED}), (), settings())
    assert [one.subject for one in found] == [about]
