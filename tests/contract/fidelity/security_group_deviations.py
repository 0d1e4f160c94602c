"""What plain moto does otherwise than EC2: security groups and their rules."""

from typing import Any

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import Deviation, Stage, message, outcome

API, ERRORS, OBSERVED = "EC2 API", "EC2 errors", "observed"
GUIDE = "VPC User Guide, security groups"
INVALID, DUPLICATE = "InvalidParameterValue", "InvalidPermission.Duplicate"
NO_RULE, HELD = "InvalidPermission.NotFound", "DependencyViolation"
SSH = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}


def group(stage: Stage, vpc: str = "", name: str = "web", client: Any = None) -> str:
    client = client or stage.seoul
    made = client.create_security_group(
        GroupName=name, Description="of a test", VpcId=vpc or stage.vpc(client)
    )
    return str(made["GroupId"])


def default_group(stage: Stage, vpc: str) -> dict[str, Any]:
    wanted = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    (found,) = stage.seoul.describe_security_groups(Filters=wanted)["SecurityGroups"]
    return dict(found)


def allow(stage: Stage, group_id: str, **permission: Any) -> str:
    call = stage.seoul.authorize_security_group_ingress
    return outcome(call, GroupId=group_id, IpPermissions=[{**SSH, **permission}])


def naming(group_id: str, **more: str) -> dict[str, Any]:
    return {"UserIdGroupPairs": [{"GroupId": group_id, **more}]}


def cidrs(*texts: str) -> dict[str, Any]:
    return {"IpRanges": [{"CidrIp": text} for text in texts]}


def permissions(stage: Stage, group_id: str) -> list[dict[str, Any]]:
    (found,) = stage.seoul.describe_security_groups(GroupIds=[group_id])["SecurityGroups"]
    return list(found["IpPermissions"])


def new_default_group(stage: Stage) -> list[bool]:
    found = default_group(stage, stage.vpc(stage.seoul))
    pairs = [pair for each in found["IpPermissions"] for pair in each["UserIdGroupPairs"]]
    return [pair["GroupId"] == found["GroupId"] for pair in pairs]


def group_of_an_unpeered_vpc(stage: Stage) -> str:
    named = group(stage, stage.vpc(stage.seoul, "10.1.0.0/16"))
    return allow(stage, group(stage), **naming(named))


def the_same_range_twice(stage: Stage) -> str:
    return allow(stage, group(stage), **cidrs("10.1.0.0/16", "10.1.0.9/16"))


def the_same_range_again(stage: Stage) -> list[str]:
    found = group(stage)
    return [allow(stage, found, **cidrs(text)) for text in ("10.1.0.0/16", "10.1.0.9/16")]


def the_same_group_again(stage: Stage) -> list[str]:
    vpc = stage.vpc(stage.seoul)
    found, named = group(stage, vpc), group(stage, vpc, "db")
    again = naming(named, Description="the same")
    return [allow(stage, found, **sent) for sent in (naming(named), again)]


def host_bits_of_a_range(stage: Stage) -> list[str]:
    found = group(stage)
    allow(stage, found, **cidrs("100.68.0.18/18"))
    return [each["CidrIp"] for each in permissions(stage, found)[0]["IpRanges"]]


def protocol_by_number(stage: Stage) -> str:
    found = group(stage)
    allow(stage, found, IpProtocol="58", FromPort=-1, ToPort=-1, **cidrs("10.0.0.0/8"))
    return str(permissions(stage, found)[0]["IpProtocol"])


def unknown_prefix_list(stage: Stage) -> str:
    return allow(stage, group(stage), PrefixListIds=[{"PrefixListId": "pl-0123456789abcdef0"}])


def all_rules_of_a_call(stage: Stage) -> int:
    both = [{**SSH, **cidrs("10.1.0.0/16")}, {**SSH, **cidrs("10.2.0.0/16")}]
    call = stage.seoul.authorize_security_group_ingress
    return len(call(GroupId=group(stage), IpPermissions=both)["SecurityGroupRules"])


def none_if_one_is_refused(stage: Stage) -> int:
    found = group(stage)
    allow(stage, found, **cidrs("10.2.0.0/16"))
    allow(stage, found, **cidrs("10.1.0.0/16", "10.2.0.0/16"))
    return len(permissions(stage, found)[0]["IpRanges"])


def too_many_rules(stage: Stage) -> list[str]:
    found = group(stage)
    said = [allow(stage, found, **cidrs(f"10.{number}.0.0/16")) for number in range(3)]
    ipv6 = {"Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32"}]}
    return [*said, allow(stage, found, **ipv6)]


def revoked_in_a_default_vpc(stage: Stage) -> str:
    (vpc,) = stage.stranger.describe_vpcs()["Vpcs"]
    found = group(stage, vpc["VpcId"], client=stage.stranger)
    call = stage.stranger.revoke_security_group_ingress
    return outcome(call, GroupId=found, IpPermissions=[{**SSH, **cidrs("10.0.0.0/8")}])


def revoked_rules_are_told(stage: Stage) -> int:
    found = group(stage)
    allow(stage, found, **cidrs("10.0.0.0/8"))
    call = stage.seoul.revoke_security_group_ingress
    reply = call(GroupId=found, IpPermissions=[{**SSH, **cidrs("10.0.0.0/8")}])
    return len(reply.get("RevokedSecurityGroupRules", ()))


def rules_id(stage: Stage, group_id: str) -> str:
    wanted = [{"Name": "group-id", "Values": [group_id]}]
    found = stage.seoul.describe_security_group_rules(Filters=wanted)["SecurityGroupRules"]
    return next(str(each["SecurityGroupRuleId"]) for each in found if not each["IsEgress"])


def rule_that_names_another_group(stage: Stage) -> bool:
    vpc = stage.vpc(stage.seoul)
    found, named, other = (group(stage, vpc, name) for name in ("a", "b", "c"))
    allow(stage, found, **naming(named))
    wanted = {**SSH, "ReferencedGroupId": other}
    changed = {"SecurityGroupRuleId": rules_id(stage, found), "SecurityGroupRule": wanted}
    stage.seoul.modify_security_group_rules(GroupId=found, SecurityGroupRules=[changed])
    return bool(permissions(stage, found)[0]["UserIdGroupPairs"][0]["GroupId"] == other)


def rule_of_another_kind(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    found = group(stage, vpc)
    allow(stage, found, **naming(found))
    wanted = {**SSH, "CidrIpv4": "10.0.0.0/8"}
    changed = {"SecurityGroupRuleId": rules_id(stage, found), "SecurityGroupRule": wanted}
    call = stage.seoul.modify_security_group_rules
    return outcome(call, GroupId=found, SecurityGroupRules=[changed])


def words_by_id(stage: Stage) -> list[Any]:
    found = group(stage)
    allow(stage, found, **cidrs("10.0.0.0/8"))
    said = {"SecurityGroupRuleId": rules_id(stage, found), "Description": "home"}
    call = stage.seoul.update_security_group_rule_descriptions_ingress
    answer = outcome(call, GroupId=found, SecurityGroupRuleDescriptions=[said])
    return [answer, permissions(stage, found)[0]["IpRanges"][0].get("Description")]


def default_group_deleted(stage: Stage) -> str:
    found = default_group(stage, stage.vpc(stage.seoul))
    return outcome(stage.seoul.delete_security_group, GroupId=found["GroupId"])


def group_named_in_its_vpc(stage: Stage) -> list[str]:
    vpc = stage.vpc(stage.seoul)
    found, named = group(stage, vpc), group(stage, vpc, "db")
    allow(stage, found, **naming(named))
    allow(stage, found, **naming(found))
    call = stage.seoul.delete_security_group
    return [outcome(call, GroupId=each) for each in (named, found, named)]


def group_on_an_interface(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    found = group(stage, vpc)
    stage.seoul.create_network_interface(SubnetId=stage.subnet(vpc), Groups=[found])
    return outcome(stage.seoul.delete_security_group, GroupId=found)


def unknown_filters(stage: Stage) -> list[str]:
    calls = (stage.seoul.describe_security_groups, stage.seoul.describe_security_group_rules)
    wrong = [{"Name": "colour", "Values": ["blue"]}]
    return [outcome(call, Filters=wrong) for call in calls]


def pages(stage: Stage) -> list[list[int]]:
    vpc = stage.vpc(stage.seoul)
    first, *_ = [group(stage, vpc, f"g{number}") for number in range(6)]
    allow(stage, first, **cidrs(*(f"10.{number}.0.0/16" for number in range(5))))
    asked = (
        ("describe_security_groups", "SecurityGroups", "vpc-id", vpc),
        ("describe_security_group_rules", "SecurityGroupRules", "group-id", first),
    )
    return [
        [
            len(page[key])
            for page in stage.seoul.get_paginator(call).paginate(
                Filters=[{"Name": name, "Values": [value]}], PaginationConfig={"PageSize": 5}
            )
        ]
        for call, key, name, value in asked
    ]


def groups_for_a_vpc(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    return outcome(stage.seoul.get_security_groups_for_vpc, VpcId=vpc)


def groups_by_name(stage: Stage) -> list[object]:
    """Of which VPC `default` is, and whether a name of another VPC is found by the calls that take one."""
    client = stage.seoul
    (vpc,) = client.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    group(stage, stage.vpc(client), "mine")
    found = client.describe_security_groups(GroupNames=["default"])["SecurityGroups"]
    allowed = {"GroupName": "mine", "IpPermissions": [cidrs("10.0.0.0/8")]}
    return [
        [each["VpcId"] == vpc["VpcId"] for each in found],
        message(client.describe_security_groups, GroupNames=["mine"]).partition(" 'vpc-")[0],
        message(client.authorize_security_group_ingress, **allowed).partition(" 'vpc-")[0],
    ]


NOT_IN_DEFAULT = "The security group 'mine' does not exist in default VPC"
SECURITY_GROUPS = (
    Deviation("a default group admits its members", GUIDE, new_default_group, [True], []),
    Deviation(
        "a rule can name a group of another VPC only over a peering",
        OBSERVED,
        group_of_an_unpeered_vpc,
        "InvalidGroup.NotFound",
        "done",
    ),
    Deviation(
        "a call may name the same rule once", OBSERVED, the_same_range_twice, INVALID, "done"
    ),
    Deviation(
        "the same rule with another spelling of its CIDR is a duplicate",
        API,
        the_same_range_again,
        ["done", DUPLICATE],
        ["done", "done"],
    ),
    Deviation(
        "the same rule with another description is a duplicate",
        "assumed",
        the_same_group_again,
        ["done", DUPLICATE],
        ["done", "done"],
    ),
    Deviation(
        "the CIDR of a rule drops its host bits",
        API,
        host_bits_of_a_range,
        ["100.68.0.0/18"],
        ["100.68.0.18/18"],
    ),
    Deviation("ICMPv6 is shown by its name", API, protocol_by_number, "icmpv6", "58"),
    Deviation(
        "a rule cannot name an unknown prefix list",
        ERRORS,
        unknown_prefix_list,
        "InvalidPrefixListID.NotFound",
        "done",
    ),
    Deviation("the reply has every rule that was added", API, all_rules_of_a_call, 2, 1),
    Deviation("rules are added all or none", "assumed", none_if_one_is_refused, 1, 2),
    Deviation(
        "a group is full for each family",
        "VPC User Guide, quotas",
        too_many_rules,
        ["done", "done", "RulesPerSecurityGroupLimitExceeded", "done"],
        ["done", "done", "done", "done"],
        Limits(rules_per_group=2),
    ),
    Deviation(
        "in a default VPC, revoking an unknown rule is no error",
        API,
        revoked_in_a_default_vpc,
        "done",
        NO_RULE,
    ),
    Deviation("a revoke says which rules it removed", API, revoked_rules_are_told, 1, 0),
    Deviation(
        "a rule can be changed to name another group",
        API,
        rule_that_names_another_group,
        True,
        False,
    ),
    Deviation(
        "a change keeps the kind of a rule", "observed", rule_of_another_kind, INVALID, "done"
    ),
    Deviation(
        "the description of a rule can be changed by the rule's id",
        API,
        words_by_id,
        ["done", "home"],
        ["done", None],
    ),
    Deviation(
        "a default group cannot be deleted", OBSERVED, default_group_deleted, "CannotDelete", "done"
    ),
    Deviation(
        "a group that another group of its VPC names cannot be deleted",
        API,
        group_named_in_its_vpc,
        [HELD, "done", "done"],
        ["done", "done", "InvalidGroup.NotFound"],
    ),
    Deviation(
        "a group of an interface cannot be deleted", API, group_on_an_interface, HELD, "done"
    ),
    Deviation(
        "an unknown filter of groups and rules is refused",
        API,
        unknown_filters,
        [INVALID, INVALID],
        ["KeyError", "KeyError"],
    ),
    Deviation(
        "names of groups are names in the default VPC",
        "observed",
        groups_by_name,
        [[True], NOT_IN_DEFAULT, NOT_IN_DEFAULT],
        [[True, False], "", ""],
    ),
    Deviation("groups and rules come in pages", API, pages, [[5, 2], [5, 1]], [[7], [6]]),
    Deviation(
        "a VPC says which groups its interfaces may carry",
        API,
        groups_for_a_vpc,
        "done",
        "NotImplementedError",
    ),
)
