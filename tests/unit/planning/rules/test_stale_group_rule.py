"""Stale group rules: what the finding says of each, and that it waits for what is not read yet."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.stale_group_rule import stale_group_rule
from peerkeeper.values.findings import Code
from peerkeeper.values.group_rules import GroupRule, NamedGroup, StaleGroup
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import OLD_PCX, SEOUL, SEOUL_VPC, TOKYO_VPC, US, settings, snapshot, vpc

GROUP, THEIRS, RULE = "sg-0a39a39a39a39a301", "sg-0b31b31b31b31b301", "sgr-0a39a39a39a39a301"
READ = Read(SEOUL, Describe.GROUP_RULES, By.GROUP, GROUP)
DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeSecurityGroupRules")


def rule(id_="", status="deleted", pcx=OLD_PCX, **changed):
    named = NamedGroup(THEIRS, TOKYO_VPC, pcx, status)
    return replace(GroupRule(SEOUL, id_, GROUP, False, "tcp", (22, 22), named), **changed)


def found(*stale, rules=(), done=(READ,), unread=None, **of_vpc):
    """What the rule finds in Seoul's VPC, whose group has these stale rules."""
    seen = snapshot(
        vpc(SEOUL, **of_vpc),
        stale_groups={(SEOUL, GROUP): StaleGroup(SEOUL, GROUP, SEOUL_VPC, stale)},
        group_rules={(SEOUL, one.id): one for one in rules},
    )
    seen = replace(seen, done=seen.done | {*done}, unread=unread or {})
    return list(stale_group_rule(seen, settings()))


def test_a_rule_whose_peering_ended_is_named_with_what_revives_it_and_what_revokes_it():
    (one,) = found(rule(), rules=[rule(RULE, status="")])
    assert (one.code, one.subject, one.pcx_id) == (Code.STALE_RULE, RULE, OLD_PCX)
    assert f"{RULE} of {GROUP} is stale: it names {THEIRS} (inbound)" in one.message
    assert f"because {OLD_PCX} is deleted" in one.message
    assert f"matches again once {SEOUL_VPC} and {TOKYO_VPC} are peered again" in one.message
    assert one.message.endswith(
        "; to revoke it: aws ec2 revoke-security-group-ingress --region ap-northeast-2 "
        f"--group-id {GROUP} --security-group-rule-ids {RULE}"
    )
    assert one.remedy.command in one.message


def test_an_outbound_rule_has_the_command_of_its_own_way():
    (one,) = found(rule(egress=True), rules=[rule(RULE, egress=True)])
    assert "(outbound)" in one.message
    assert "aws ec2 revoke-security-group-egress " in one.message


def test_a_rule_whose_peering_is_active_names_a_group_that_was_deleted():
    (one,) = found(rule(status="active"), rules=[rule(RULE)])
    assert f"that group of {TOKYO_VPC} was deleted. It never matches again" in one.message
    assert "peered again" not in one.message


def test_of_a_rule_without_a_peering_no_more_is_said_than_is_known():
    (one,) = found(rule(pcx="", status=""), rules=[rule(RULE)])
    assert "EC2 finds no way to that group" in one.message
    assert "peered again" not in one.message


@pytest.mark.parametrize(
    "other",
    [
        {"egress": True},
        {"protocol": "udp"},
        {"ports": (22, 23)},
        {"named": NamedGroup("sg-0b31b31b31b31b302")},
        {"group_id": "sg-0a39a39a39a39a302"},
    ],
)
def test_another_rule_lends_it_no_id(other):
    (one,) = found(rule(), rules=[rule(RULE, **other)])
    assert one.subject == GROUP
    assert RULE not in one.message


def test_every_stale_rule_has_a_finding_of_its_own():
    ports = [(22, 22), (443, 443)]
    rules = [rule(f"sgr-0000000000000000{n}", ports=each) for n, each in enumerate(ports)]
    both = found(*(rule(ports=each) for each in ports), rules=rules)
    assert [one.subject for one in both] == [one.id for one in rules]


def test_without_the_right_to_rules_the_group_is_named_alone():
    (one,) = found(rule(), done=(), unread={READ: DENIED})
    assert one.subject == GROUP
    assert f"a rule of {GROUP} is stale" in one.message
    assert "aws ec2" not in one.message


def test_it_waits_until_the_rules_of_the_group_were_asked_for():
    assert found(rule(), done=()) == []


def test_a_group_in_an_exempt_vpc_is_left_out():
    assert found(rule(), rules=[rule(RULE)], tags=(("peerkeeper:exempt", "true"),)) == []


def test_a_group_whose_vpc_was_not_read_is_left_out():
    assert found(rule(), rules=[rule(RULE)], id="vpc-0ffffffffffffff01", owner_id=US) == []
