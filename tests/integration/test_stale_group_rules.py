"""Stale group rules: what the sweep asks and finds, and what ends a finding. Two VPCs of one Region."""

from types import SimpleNamespace

import pytest
from peerkeeper.aws.observe import OPERATIONS, observe
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import By, Describe, Read

from peerkeeper_cli.explain.group_rules import PART
from peerkeeper_local.story.stage import SEOUL
from tests.integration.fleet import HUB
from tests.integration.neighbours import Neighbours
from tests.integration.pair import QUICK
from tests.reports.commands import commands, run
from tests.reports.explained import explained

READS = ("DescribeStaleSecurityGroups", "DescribeSecurityGroupRules")
TCP_22 = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}


class Naming(Neighbours):
    """The neighbours, and rules that name the group of the other."""

    def admit(self, named="group-neighbour", *, egress=False, **ports):
        """Let a rule of Seoul's group name the neighbour's; return the rule's id."""
        seoul = self.ec2(SEOUL)
        call = seoul.authorize_security_group_ingress
        if egress:
            call = seoul.authorize_security_group_egress
        allowed = {**TCP_22, **ports, "UserIdGroupPairs": [{"GroupId": self.id(named)}]}
        reply = call(GroupId=self.id("group-seoul"), IpPermissions=[allowed])
        return reply["SecurityGroupRules"][0]["SecurityGroupRuleId"]

    def stale(self):
        return self.found("stale-group-rule")


@pytest.fixture
def pair():
    with Naming("full", QUICK, StaleGroupRules="report") as opened:
        yield opened


def asked(run):
    return [call.action for call in run.calls if call.action in READS]


def test_a_rule_is_stale_from_the_end_of_its_peering_until_the_same_vpcs_are_peered_anew(pair):
    pair.join()
    rule = pair.admit()
    assert pair.stale() == []
    pair.part()
    (found,) = pair.stale()
    assert found["subject"] == rule
    for said in ("group-seoul", "group-neighbour", "pcx", "seoul", "neighbour"):
        assert pair.id(said) in found["message"]
    assert "peered again" in found["message"]
    pair.join()
    assert pair.stale() == []


def test_explain_lists_the_rule_while_the_peering_lives(pair):
    pair.join()
    assert [line for line in explained(pair, pair.id("pcx")).lines if line.part == PART] == []
    rule = pair.admit()
    found = explained(pair, pair.id("pcx"))
    (line,) = [line for line in found.lines if line.part == PART]
    assert line.words.startswith(f"{rule} of {pair.id('group-seoul')} names ")
    assert (line.result, found.exit_code) == ("-", 0)


@pytest.mark.parametrize("egress", [False, True])
def test_the_command_of_the_finding_revokes_the_rule_and_ends_the_finding(pair, egress):
    pair.join()
    pair.admit(egress=egress)
    pair.part()
    way = "egress" if egress else "ingress"
    (command,) = commands(pair.stale(), f"revoke-security-group-{way}")
    run(pair, command)
    assert pair.stale() == []


def test_a_rule_that_names_a_deleted_group_is_said_never_to_match_again(pair):
    pair.join()
    rule = pair.admit()
    pair.ec2(SEOUL).delete_security_group(GroupId=pair.id("group-neighbour"))
    (found,) = pair.stale()
    assert found["subject"] == rule
    assert "never matches again" in found["message"]


def test_a_sweep_asks_each_vpc_once_and_the_rules_of_stale_groups_alone(pair):
    pair.peer()  # with Tokyo: another Region, so no rule can go stale
    assert asked(pair.swept()) == []
    names = pair.names["pcx"]
    pair.join()
    assert names != pair.id("pcx")
    pair.admit()
    pair.admit(FromPort=443, ToPort=443)
    live = pair.swept()
    assert asked(live) == [READS[0], READS[0]]
    pair.part()
    after = pair.swept()
    assert sorted(asked(after)) == sorted([READS[0], READS[0], READS[1]])
    (rules,) = [call for call in after.calls if call.action == READS[1]]
    assert rules.params["Filters"] == [{"Name": "group-id", "Values": [pair.id("group-seoul")]}]
    assert after.depth == live.depth + 1
    assert after.writes == []


def test_groups_and_rules_are_read_to_the_last_page(pair, monkeypatch):
    pair.join()
    seoul = pair.ec2(SEOUL)
    named = [{"GroupId": pair.id("group-neighbour")}]
    for number in range(7):
        group = seoul.create_security_group(
            GroupName=f"g{number}", Description="one of many", VpcId=pair.id("seoul")
        )["GroupId"]
        seoul.authorize_security_group_ingress(
            GroupId=group, IpPermissions=[{**TCP_22, "UserIdGroupPairs": named}]
        )
    pair.part()
    assert {one["subject"].partition("-")[0] for one in pair.stale()} == {"sgr"}
    for kind in (Describe.STALE_GROUPS, Describe.GROUP_RULES):
        monkeypatch.setitem(OPERATIONS, kind, (*OPERATIONS[kind][:2], 5))
    here = Location(HUB, SEOUL)
    clients = SimpleNamespace(ec2=lambda _: seoul)
    before = len(pair.cloud.calls)
    read = Read(here, Describe.STALE_GROUPS, By.VPC, pair.id("seoul"))
    groups = observe(clients, (read,)).stale_groups
    assert len({group.id for group in groups}) == 7
    reads = tuple(Read(here, Describe.GROUP_RULES, By.GROUP, group.id) for group in groups)
    shown = observe(clients, reads).groups_with_ids
    assert sum(len(group.ingress) for group in shown) == len(shown) == 7
    # Each group has two rules: the one made here, and the one that lets all traffic out.
    pages = [call.action for call in pair.cloud.calls[before:]]
    assert pages == [READS[0]] * 2 + [READS[1]] * 3


def test_with_off_a_sweep_asks_nothing_and_finds_nothing():
    with Naming("full", QUICK) as pair:
        pair.join()
        pair.admit()
        pair.part()
        swept = pair.swept()
        assert asked(swept) == []
        assert "stale-group-rule" not in {one["code"] for one in swept.report["findings"]}
