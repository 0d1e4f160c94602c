"""Stale group rules: what the finding says of each, and that it waits for what is not read yet."""

from dataclasses import replace

import pytest
from peerkeeper.planning.rules.stale_group_rule import stale_group_rule
from peerkeeper.values.findings import Code
from peerkeeper.values.reads import By, Describe, Read
from peerkeeper.values.security_groups import GroupRule, SecurityGroup
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import OLD_PCX, SEOUL, SEOUL_VPC, TOKYO_VPC, US, settings, snapshot, vpc

GROUP, THEIRS, RULE = "sg-0a39a39a39a39a301", "sg-0b31b31b31b31b301", "sgr-0a39a39a39a39a301"
READ = Read(SEOUL, Describe.GROUP_RULES, By.GROUP, GROUP)
DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeSecurityGroupRules")


def rule(id_="", status="deleted", pcx=OLD_PCX, **changed):
    built = GroupRule(6, 22, 22, group_id=THEIRS, group_vpc=TOKYO_VPC, id=id_)
    return replace(built, peering_id=pcx, peering_status=status, **changed)


def group(*ingress, egress=(), **changed):
    built = SecurityGroup(SEOUL, GROUP, SEOUL_VPC, US, "", ingress, tuple(egress))
    return replace(built, **changed)


def found(stale, known=None, done=(READ,), unread=None, **of_vpc):
    """What the rule finds in Seoul's VPC, whose group has these stale rules."""
    with_ids = {(SEOUL, known.id): known} if known else {}
    seen = snapshot(
        vpc(SEOUL, **of_vpc), stale_groups={(SEOUL, GROUP): stale}, groups_with_ids=with_ids
    )
    seen = replace(seen, done=seen.done | {*done}, unread=unread or {})
    return list(stale_group_rule(seen, settings()))


def test_a_rule_whose_peering_ended_is_named_with_what_revives_it_and_what_revokes_it():
    (one,) = found(group(rule()), group(rule(RULE, status="")))
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
    (one,) = found(group(egress=[rule()]), group(egress=[rule(RULE)]))
    assert "(outbound)" in one.message
    assert "aws ec2 revoke-security-group-egress " in one.message


def test_a_rule_whose_peering_is_active_names_a_group_that_was_deleted():
    (one,) = found(group(rule(status="active")), group(rule(RULE)))
    assert f"that group of {TOKYO_VPC} was deleted. It never matches again" in one.message
    assert "peered again" not in one.message


def test_of_a_rule_without_a_peering_no_more_is_said_than_is_known():
    (one,) = found(group(rule(pcx="", status="")), group(rule(RULE)))
    assert "EC2 finds no way to that group" in one.message
    assert "peered again" not in one.message


@pytest.mark.parametrize(
    "other",
    [
        group(egress=[rule(RULE)]),
        group(rule(RULE, protocol=17)),
        group(rule(RULE, first=21)),
        group(rule(RULE, last=23)),
        group(rule(RULE, group_id="sg-0b31b31b31b31b302")),
        group(rule(RULE), id="sg-0a39a39a39a39a302"),
    ],
)
def test_another_rule_lends_it_no_id(other):
    (one,) = found(group(rule()), other)
    assert one.subject == GROUP
    assert RULE not in one.message


def test_every_stale_rule_has_a_finding_of_its_own():
    rules = [rule(f"sgr-0000000000000000{n}", last=n) for n in (22, 23)]
    both = found(group(*(replace(one, id="") for one in rules)), group(*rules))
    assert [one.subject for one in both] == [one.id for one in rules]


def test_without_the_right_to_rules_the_group_is_named_alone():
    (one,) = found(group(rule()), done=(), unread={READ: DENIED})
    assert one.subject == GROUP
    assert f"a rule of {GROUP} is stale" in one.message
    assert "aws ec2" not in one.message


def test_it_waits_until_the_rules_of_the_group_were_asked_for():
    assert found(group(rule()), done=()) == []


def test_a_group_in_an_exempt_vpc_is_left_out():
    assert found(group(rule()), group(rule(RULE)), tags=(("peerkeeper:exempt", "true"),)) == []


def test_a_group_whose_vpc_was_not_read_is_left_out():
    assert found(group(rule()), group(rule(RULE)), id="vpc-0ffffffffffffff01", owner_id=US) == []
