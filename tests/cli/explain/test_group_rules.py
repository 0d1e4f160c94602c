"""Rules that go stale with the peering: listed for a live peering within a Region, with their ids."""

from dataclasses import replace

import pytest
from peerkeeper.values.ec2 import Location, Side
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.security_groups import GroupRule, SecurityGroup
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.explain.group_rules import MOST, group_reads, would_go_stale
from peerkeeper_cli.explain.unread import unread
from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_VPC,
    THEM,
    TOKYO_CIDR,
    TOKYO_VPC,
    US,
    peering,
    snapshot,
)

GROUP, THEIRS, RULE = "sg-0a39a39a39a39a301", "sg-0b31b31b31b31b301", "sgr-0a39a39a39a39a301"
SIDES = {
    "requester": Side(SEOUL, SEOUL_VPC, (SEOUL_CIDR,)),
    "accepter": Side(Location(THEM, SEOUL.region), TOKYO_VPC, (TOKYO_CIDR,)),
}
NAMES = GroupRule(6, 22, 22, group_id=THEIRS, group_vpc=TOKYO_VPC, peering_id=PCX)
ALL = Read(SEOUL, Describe.GROUPS, By.VPC, SEOUL_VPC)


def group(*ingress, egress=()):
    return SecurityGroup(SEOUL, GROUP, SEOUL_VPC, US, "", ingress, tuple(egress))


def seen(*ingress, status="active", known=True, egress=(), **sides):
    view = peering(SEOUL, status, **(SIDES | sides))
    held = {(SEOUL, GROUP): group(*ingress, egress=egress)}
    ids = [replace(rule, id=RULE) for rule in ingress]
    named = {(SEOUL, GROUP): group(*ids, egress=[replace(one, id=RULE) for one in egress])}
    return snapshot(view, security_groups=held, groups_with_ids=named if known else {})


def test_a_rule_that_names_a_group_of_the_peer_is_listed_with_its_id():
    (line,) = would_go_stale(seen(NAMES), PCX)
    assert (line.result, line.test) == ("-", GROUP)
    assert line.words == (
        f"{RULE} of {GROUP} names {THEIRS} of {TOKYO_VPC} (inbound). The rule goes stale if somebody "
        f"deletes {PCX}"
    )
    (line,) = would_go_stale(seen(egress=[NAMES]), PCX)
    assert "(outbound)" in line.words


def test_without_the_ids_its_group_is_named():
    (line,) = would_go_stale(seen(NAMES, known=False), PCX)
    assert line.words.startswith(f"a rule of {GROUP} names ")


@pytest.mark.parametrize(
    "rule",
    [
        GroupRule(6, 22, 22, network=TOKYO_CIDR),
        replace(NAMES, group_vpc="", peering_id=""),  # a group of its own VPC
        replace(NAMES, group_vpc="vpc-0ffffffffffffff01", peering_id=OLD_PCX),
    ],
)
def test_other_rules_are_not_listed(rule):
    assert [*would_go_stale(seen(rule), PCX)] == []
    assert [*group_reads(seen(rule), PCX)] == [ALL]


@pytest.mark.parametrize("status", ["pending-acceptance", "deleted", "deleting"])
def test_only_a_live_peering_is_asked_about(status):
    assert [*group_reads(seen(NAMES, status=status), PCX)] == []
    assert [*would_go_stale(seen(NAMES, status=status), PCX)] == []


def test_a_peering_between_regions_is_not_asked_about():
    far = Side(Location(THEM, "eu-west-1"), TOKYO_VPC, (TOKYO_CIDR,))
    assert [*group_reads(seen(NAMES, accepter=far), PCX)] == []


def test_the_groups_are_read_first_and_then_the_ids_of_these_rules():
    ids = Read(SEOUL, Describe.GROUP_RULES, By.GROUP, GROUP)
    assert [*group_reads(seen(NAMES), PCX)] == [ALL, ids]


def test_of_many_rules_the_rest_is_counted():
    rules = [replace(NAMES, first=n, last=n) for n in range(MOST + 3)]
    *listed, last = would_go_stale(seen(*rules), PCX)
    assert len(listed) == MOST
    assert last.words == f"3 more rules go stale if somebody deletes {PCX}"


def test_without_the_right_to_groups_explain_says_so_and_fails_no_test():
    denied = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeSecurityGroups")
    lacking = replace(seen(), unread={ALL: denied}, security_groups={})
    (line,) = unread(lacking, PCX)
    assert line.result == "-"
    assert "DescribeSecurityGroups says UnauthorizedOperation" in line.words
    assert "does not list the security group rules" in line.words
