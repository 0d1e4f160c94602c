"""Whether a security group takes more rules."""

import pytest

from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.rule_quota import check_new, has_room
from peerkeeper_local.semantics.security_group_rules import Rule

HOME = Rule(False, "tcp", (22, 22), "10.0.0.0/8")


@pytest.mark.parametrize(
    ("present", "same"),
    [
        (Rule(False, "tcp", (22, 22), "10.0.0.0/8", description="other words"), True),
        (Rule(True, "tcp", (22, 22), "10.0.0.0/8"), False),
        (Rule(False, "udp", (22, 22), "10.0.0.0/8"), False),
        (Rule(False, "tcp", (22, 23), "10.0.0.0/8"), False),
        (Rule(False, "tcp", (22, 22), "10.0.0.0/9"), False),
    ],
)
def test_two_rules_are_one_if_all_but_the_words_is_the_same(present, same):
    if not same:
        check_new("sg-1", [HOME], [present], Limits())
        return
    with pytest.raises(Refusal) as refused:
        check_new("sg-1", [HOME], [present], Limits())
    assert refused.value.code == "InvalidPermission.Duplicate"


def test_a_named_group_counts_for_both_families():
    small, named = Limits(rules_per_group=1), Rule(False, "-1", group="sg-1")
    check_new("sg-1", [HOME, Rule(False, "-1", cidr="::/0")], [], small)
    check_new("sg-1", [HOME, Rule(True, "-1", group="sg-1")], [], small)
    for present in ([HOME], [Rule(False, "-1", cidr="::/0")]):
        with pytest.raises(Refusal) as refused:
            check_new("sg-1", [named], present, small)
        assert refused.value.code == "RulesPerSecurityGroupLimitExceeded"


LISTED = Rule(False, "-1", prefix_list="pl-4")
WEIGHTS = {"pl-4": (4, 3), "pl-6": (6, 3)}


def test_a_list_counts_for_its_max_entries_in_its_own_family():
    four = Limits(rules_per_group=4)
    check_new("sg-1", [HOME, LISTED], [Rule(False, "-1", cidr="::/0")] * 4, four, WEIGHTS)
    check_new("sg-1", [Rule(True, "-1", prefix_list="pl-4")], [HOME] * 4, four, WEIGHTS)
    for rules, present in (
        ([LISTED], [HOME, HOME]),
        ([HOME], [LISTED, Rule(False, "-1", cidr="10.1.0.0/16")]),
        ([Rule(False, "-1", group="sg-2")], [LISTED, HOME]),
    ):
        with pytest.raises(Refusal) as refused:
            check_new("sg-1", rules, present, four, WEIGHTS)
        assert refused.value.code == "RulesPerSecurityGroupLimitExceeded"


@pytest.mark.parametrize(("size", "room"), [(2, True), (3, False)])
def test_a_larger_list_needs_room_for_each_rule_that_names_it(size, room):
    rules = [LISTED, Rule(False, "tcp", (1, 1), prefix_list="pl-4"), HOME]
    assert has_room(rules, Limits(rules_per_group=5), {"pl-4": (4, size)}) is room
