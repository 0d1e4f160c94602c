"""What a network ACL takes and shows."""

import pytest

from peerkeeper_local.semantics.filters import respelt
from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.network_acl_entries import BY_NAME, Entry, entry_of
from peerkeeper_local.semantics.network_acls import (
    admitting,
    check_create,
    check_delete,
    check_entry,
    shown,
    untouched,
)
from peerkeeper_local.semantics.refusal import Refusal

SENT = {
    "RuleNumber": 100,
    "Protocol": "6",
    "RuleAction": "allow",
    "Egress": False,
    "CidrBlock": "10.0.0.9/8",
    "PortRange": {"From": 22, "To": 23},
}
SSH = Entry(100, False, "6", "allow", "10.0.0.0/8", ports=(22, 23))
IPV6 = {"CidrBlock": None, "Ipv6CidrBlock": "2001:db8:0::/32"}
PING = {"Type": 8, "Code": -1}


def test_an_entry_is_canonical():
    assert entry_of(SENT) == SSH


@pytest.mark.parametrize(
    ("sent", "icmp", "ports"),
    [
        ({"Protocol": "-1"}, None, None),
        ({"Protocol": "47"}, None, None),
        ({"Protocol": "1", "IcmpTypeCode": PING}, (8, -1), None),
        ({"Protocol": "58", "IcmpTypeCode": PING}, None, None),
        ({"Protocol": "58", "IcmpTypeCode": PING, **IPV6}, (8, -1), None),
        ({"Protocol": "17"}, None, (22, 23)),
    ],
)
def test_ports_types_and_codes_are_kept_where_they_mean_something(sent, icmp, ports):
    entry = entry_of({**SENT, **sent})
    assert (entry.icmp, entry.ports) == (icmp, ports)


INVALID, MISSING = "InvalidParameterValue", "MissingParameter"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"RuleNumber": 0}, INVALID),
        ({"RuleNumber": 32767}, INVALID),
        ({"RuleNumber": None}, MISSING),
        ({"RuleAction": "maybe"}, INVALID),
        ({"Protocol": "tcp"}, INVALID),
        ({"Protocol": "256"}, INVALID),
        ({"Egress": None}, MISSING),
        ({"CidrBlock": None}, MISSING),
        ({"CidrBlock": "ten"}, INVALID),
        ({"CidrBlock": "2001:db8::/32"}, INVALID),
        ({"Ipv6CidrBlock": "2001:db8::/32"}, "InvalidParameterCombination"),
        ({"PortRange": None}, MISSING),
        ({"PortRange": {"From": 22}}, MISSING),
        ({"PortRange": {"From": 23, "To": 22}}, INVALID),
        ({"PortRange": {"From": 0, "To": 65536}}, INVALID),
        ({"Protocol": "1"}, MISSING),
        ({"Protocol": "1", "IcmpTypeCode": {"Type": 8}}, MISSING),
        ({"Protocol": "1", "IcmpTypeCode": {"Type": -1, "Code": 0}}, INVALID),
        ({"Protocol": "58", **IPV6}, MISSING),
    ],
)
def test_an_entry_that_ec2_does_not_take_is_refused(sent, code):
    with pytest.raises(Refusal) as refused:
        entry_of({**SENT, **sent})
    assert refused.value.code == code


def test_numbers_are_taken_for_each_direction():
    check_create("acl-1", [Entry(100, True, "-1", "deny", "0.0.0.0/0")], SSH, Limits())
    with pytest.raises(Refusal) as refused:
        check_create("acl-1", [SSH], SSH, Limits())
    assert refused.value.code == "NetworkAclEntryAlreadyExists"


def test_the_quota_is_for_each_direction_and_family_and_counts_the_closing_deny():
    full = [Entry(number, False, "-1", "deny", "10.0.0.0/8") for number in range(1, 20)]
    check_create("acl-1", full[1:], SSH, Limits())
    check_create("acl-1", full, Entry(100, False, "-1", "deny", "::/0"), Limits())
    check_create("acl-1", full, Entry(100, True, "-1", "deny", "0.0.0.0/0"), Limits())
    with pytest.raises(Refusal) as refused:
        check_create("acl-1", full, SSH, Limits())
    assert refused.value.code == "NetworkAclEntryLimitExceeded"


@pytest.mark.parametrize(
    ("number", "egress", "code"),
    [
        (100, True, "InvalidNetworkAclEntry.NotFound"),
        (99, False, "InvalidNetworkAclEntry.NotFound"),
        (32768, False, INVALID),
    ],
)
def test_only_an_entry_that_is_there_can_go(number, egress, code):
    check_entry([SSH], 100, egress=False)
    with pytest.raises(Refusal) as refused:
        check_entry([SSH], number, egress)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("default", "subnets", "code"),
    [(True, [], INVALID), (False, ["subnet-1"], "DependencyViolation")],
)
def test_an_acl_in_use_and_a_default_one_stay(default, subnets, code):
    check_delete("acl-1", default=False, subnets=[])
    with pytest.raises(Refusal) as refused:
        check_delete("acl-1", default, subnets)
    assert refused.value.code == code


def test_a_closing_deny_of_each_family_ends_each_direction():
    numbers = [(each.egress, each.number, each.family) for each in shown([SSH], ipv6=True)]
    assert numbers == [
        (True, 32767, 4),
        (True, 32768, 6),
        (False, 100, 4),
        (False, 32767, 4),
        (False, 32768, 6),
    ]
    assert [each.number for each in shown([], ipv6=False)] == [32767, 32767]
    assert {each.action for each in shown([], ipv6=True)} == {"deny"}


def test_a_default_acl_counts_as_untouched_until_an_entry_comes_or_goes():
    assert untouched(admitting(4))
    assert not untouched([*admitting(4), SSH])
    assert not untouched(admitting(4)[:1])


def test_a_filter_may_name_a_protocol_that_entries_show_by_number():
    sent = [{"Name": "entry.protocol", "Values": ["tcp", "47"]}, {"Name": "vpc-id", "Values": []}]
    first, second = respelt(sent, {"entry.protocol": BY_NAME})
    assert first["Values"] == ["6", "47"]
    assert second == sent[1]
