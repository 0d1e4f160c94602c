"""What plain moto does otherwise than EC2: managed prefix lists."""

from typing import Any

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import SEOUL, Deviation, Stage, outcome

API, ERRORS, GUIDE = "EC2 API", "EC2 errors", "VPC User Guide, prefix lists"
VALUE = "InvalidParameterValue"
UNKNOWN = "pl-0123456789abcdef0"


def _sent(**more: Any) -> dict[str, Any]:
    return {"PrefixListName": "offices", "AddressFamily": "IPv4", "MaxEntries": 2, **more}


def _cidrs(*cidrs: str) -> list[dict[str, str]]:
    return [{"Cidr": cidr} for cidr in cidrs]


def made(stage: Stage, *cidrs: str, **more: Any) -> str:
    """Make a list and wait until it is complete; return its id."""
    sent = _sent(Entries=_cidrs(*cidrs), **more)
    reply = stage.seoul.create_managed_prefix_list(**sent)
    stage.advance(10)
    return str(reply["PrefixList"]["PrefixListId"])


def _shown(stage: Stage, listed: str) -> dict[str, Any]:
    reply = stage.seoul.describe_managed_prefix_lists(PrefixListIds=[listed])
    return dict(reply["PrefixLists"][0])


def _modify(stage: Stage, listed: str, **sent: Any) -> str:
    said = outcome(stage.seoul.modify_managed_prefix_list, PrefixListId=listed, **sent)
    stage.advance(10)
    return said


def _routed(stage: Stage, *lists: str) -> str:
    """Give a new VPC's main table a route for each list; return the table."""
    vpc = stage.vpc(stage.seoul)
    table, way_out = stage.table(stage.seoul, vpc), stage.gateway(vpc)
    for each in lists:
        stage.seoul.create_route(
            RouteTableId=table, DestinationPrefixListId=each, GatewayId=way_out
        )
    return table


def _aws(stage: Stage, end: str) -> dict[str, Any]:
    wanted = [{"Name": "prefix-list-name", "Values": [f"com.amazonaws.{SEOUL}.{end}"]}]
    return dict(stage.seoul.describe_managed_prefix_lists(Filters=wanted)["PrefixLists"][0])


def wrong_version(stage: Stage) -> str:
    listed = made(stage)
    return _modify(stage, listed, CurrentVersion=7, AddEntries=_cidrs("10.1.0.0/16"))


def too_many_entries(stage: Stage) -> list[str]:
    three = _cidrs("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16")
    create = stage.seoul.create_managed_prefix_list
    return [
        outcome(create, **_sent(Entries=three)),
        _modify(stage, made(stage), CurrentVersion=1, AddEntries=three),
        _modify(stage, made(stage, "10.1.0.0/16", "10.2.0.0/16"), MaxEntries=1),
    ]


def more_than_a_call_takes(stage: Stage) -> str:
    many = _cidrs(*(f"10.1.{third}.0/24" for third in range(101)))
    return outcome(stage.seoul.create_managed_prefix_list, **_sent(MaxEntries=200, Entries=many))


def entries_that_are_none(stage: Stage) -> dict[str, str]:
    create = stage.seoul.create_managed_prefix_list
    return {
        "host bits": outcome(create, **_sent(Entries=_cidrs("10.1.0.9/16"))),
        "another family": outcome(create, **_sent(Entries=_cidrs("2001:db8::/56"))),
        "no CIDR": outcome(create, **_sent(Entries=_cidrs("ten"))),
    }


def entries_that_clash(stage: Stage) -> list[str]:
    listed = made(stage, "10.1.0.0/16")
    return [
        _modify(stage, listed, CurrentVersion=1, AddEntries=_cidrs("10.1.0.0/16")),
        _modify(stage, listed, CurrentVersion=1, RemoveEntries=_cidrs("10.9.0.0/16")),
    ]


def a_larger_list(stage: Stage) -> list[int]:
    listed = made(stage)
    _modify(stage, listed, MaxEntries=9)
    shown = _shown(stage, listed)
    return [shown["MaxEntries"], shown["Version"]]


def entries_and_size_together(stage: Stage) -> str:
    entries = _cidrs("10.1.0.0/16")
    return _modify(stage, made(stage), CurrentVersion=1, AddEntries=entries, MaxEntries=9)


def name_after_a_change(stage: Stage) -> str:
    listed = made(stage)
    _modify(stage, listed, CurrentVersion=1, AddEntries=_cidrs("10.1.0.0/16"))
    return str(_shown(stage, listed).get("PrefixListName", "none"))


def life_of_a_list(stage: Stage) -> list[str]:
    reply = stage.seoul.create_managed_prefix_list(**_sent())["PrefixList"]
    listed, states = reply["PrefixListId"], [reply["State"]]
    stage.advance(10)
    states.append(_shown(stage, listed)["State"])
    sent = {"PrefixListId": listed, "CurrentVersion": 1, "AddEntries": _cidrs("10.1.0.0/16")}
    states.append(stage.seoul.modify_managed_prefix_list(**sent)["PrefixList"]["State"])
    stage.advance(10)
    states.append(_shown(stage, listed)["State"])
    states.append(
        stage.seoul.delete_managed_prefix_list(PrefixListId=listed)["PrefixList"]["State"]
    )
    stage.advance(10)
    return [*states, _shown(stage, listed)["State"]]


def a_change_on_the_way(stage: Stage) -> list[object]:
    """Say what a second change gets, and which version there is meanwhile, and then."""
    listed = made(stage)
    call, entries = stage.seoul.modify_managed_prefix_list, _cidrs("10.1.0.0/16")
    first = call(PrefixListId=listed, CurrentVersion=1, AddEntries=entries)["PrefixList"]["Version"]
    more = {"CurrentVersion": 1, "AddEntries": _cidrs("10.2.0.0/16")}
    second = outcome(call, PrefixListId=listed, **more)
    stage.advance(10)
    return [first, second, _shown(stage, listed)["Version"]]


def deleted_while_a_route_names_it(stage: Stage) -> list[str]:
    listed = made(stage)
    _routed(stage, listed)
    outcome(stage.seoul.delete_managed_prefix_list, PrefixListId=listed)
    stage.advance(3600)
    found = stage.seoul.describe_managed_prefix_lists()["PrefixLists"]
    return [each["State"] for each in found if each["PrefixListId"] == listed]


def weight_in_a_table(stage: Stage) -> dict[str, str]:
    """Three routes to a table: AWS's list of S3 counts for one, ours for its MaxEntries."""
    vpc = stage.vpc(stage.seoul)
    table, way_out = stage.table(stage.seoul, vpc), stage.gateway(vpc)
    lists = {
        "S3": _aws(stage, "s3")["PrefixListId"],
        "of two": made(stage),
        "of one": made(stage, MaxEntries=1),
    }
    call = stage.seoul.create_route
    return {
        name: outcome(call, RouteTableId=table, DestinationPrefixListId=each, GatewayId=way_out)
        for name, each in lists.items()
    }


def larger_than_a_table_holds(stage: Stage) -> list[object]:
    listed = made(stage)
    table = _routed(stage, listed)
    _modify(stage, listed, MaxEntries=4)
    shown = _shown(stage, listed)
    return [shown["State"], shown["MaxEntries"], table in shown.get("StateMessage", "")]


def _allowed(stage: Stage, group: str, port: int, **source: Any) -> str:
    """Say what comes of a rule of a security group for one port."""
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}
    call = stage.seoul.authorize_security_group_ingress
    return outcome(call, GroupId=group, IpPermissions=[rule])


def _group(stage: Stage) -> str:
    vpc, words = stage.vpc(stage.seoul), "of a test"
    made_now = stage.seoul.create_security_group(GroupName="web", Description=words, VpcId=vpc)
    return str(made_now["GroupId"])


def weight_in_a_group(stage: Stage) -> list[str]:
    """A list of two, a range, an IPv6 range, and the list again for another port: three have room."""
    group, listed = _group(stage), {"PrefixListIds": [{"PrefixListId": made(stage)}]}
    return [
        _allowed(stage, group, 22, **listed),
        _allowed(stage, group, 22, IpRanges=[{"CidrIp": "10.0.0.0/8"}]),
        _allowed(stage, group, 22, Ipv6Ranges=[{"CidrIpv6": "2001:db8::/32"}]),
        _allowed(stage, group, 80, **listed),
    ]


def larger_than_a_group_holds(stage: Stage) -> list[object]:
    listed, group = made(stage), _group(stage)
    _allowed(stage, group, 22, PrefixListIds=[{"PrefixListId": listed}])
    _modify(stage, listed, MaxEntries=4)
    shown = _shown(stage, listed)
    return [shown["State"], shown["MaxEntries"], group in shown.get("StateMessage", "")]


def who_names_a_list(stage: Stage) -> object:
    listed = made(stage)
    table = _routed(stage, listed)
    try:
        reply = stage.seoul.get_managed_prefix_list_associations(PrefixListId=listed)
    except NotImplementedError as error:
        return type(error).__name__
    return [each["ResourceId"] == table for each in reply["PrefixListAssociations"]]


def routed_to_an_interface(stage: Stage) -> list[bool]:
    listed, vpc = made(stage), stage.vpc(stage.seoul)
    reply = stage.seoul.create_network_interface(SubnetId=stage.subnet(vpc))
    interface = reply["NetworkInterface"]["NetworkInterfaceId"]
    table = stage.table(stage.seoul, vpc)
    stage.seoul.create_route(
        RouteTableId=table, DestinationPrefixListId=listed, NetworkInterfaceId=interface
    )
    said = stage.routes(table)[-1]
    return [
        said.get("DestinationPrefixListId") == listed,
        said.get("NetworkInterfaceId") == interface,
    ]


def pages(stage: Stage) -> list[int]:
    listed = made(stage, "10.1.0.0/16", "10.2.0.0/16")
    pager = stage.seoul.get_paginator("get_managed_prefix_list_entries")
    found = pager.paginate(PrefixListId=listed, PaginationConfig={"PageSize": 1})
    return [len(page["Entries"]) for page in found]


def owner_in_the_arn(stage: Stage) -> str:
    return str(_aws(stage, "s3")["PrefixListArn"]).split(":")[4]


def lists_of_aws(stage: Stage) -> list[str]:
    """AWS's own lists are nobody's to change."""
    listed = _aws(stage, "s3")["PrefixListId"]
    call = stage.seoul.delete_managed_prefix_list
    return [_modify(stage, listed, PrefixListName="ours"), outcome(call, PrefixListId=listed)]


def lists_that_are_not_there(stage: Stage) -> dict[str, str]:
    seoul, table = stage.seoul, _routed(stage)
    named = {"PrefixListId": UNKNOWN}
    route = {"DestinationPrefixListId": UNKNOWN, "NetworkInterfaceId": "eni-0123456789abcdef0"}
    return {
        "describe": outcome(seoul.describe_managed_prefix_lists, PrefixListIds=[UNKNOWN]),
        "entries": outcome(seoul.get_managed_prefix_list_entries, **named),
        "delete": outcome(seoul.delete_managed_prefix_list, **named),
        "route": outcome(seoul.create_route, RouteTableId=table, **route),
    }


def lists_of_aws_that_are_not_there(stage: Stage) -> dict[str, str]:
    return {
        "of AWS": outcome(stage.seoul.describe_prefix_lists, PrefixListIds=[UNKNOWN]),
        "malformed": outcome(stage.seoul.describe_managed_prefix_lists, PrefixListIds=["nonsense"]),
    }


def an_earlier_version(stage: Stage) -> object:
    listed = made(stage, "10.1.0.0/16")
    _modify(stage, listed, CurrentVersion=1, RemoveEntries=_cidrs("10.1.0.0/16"))
    call = stage.seoul.restore_managed_prefix_list_version
    said = outcome(call, PrefixListId=listed, CurrentVersion=2, PreviousVersion=1)
    if said != "done":
        return said
    stage.advance(10)
    return _shown(stage, listed)["Version"]


def names_that_are_aws(stage: Stage) -> str:
    sent = _sent(PrefixListName="com.amazonaws.ours")
    return outcome(stage.seoul.create_managed_prefix_list, **sent)


THREE_RULES = Limits(rules_per_group=3)
FULL, CLASH = "PrefixListMaxEntriesExceeded", "InvalidPrefixListModification"
PREFIX_LISTS = (
    Deviation(
        "a change names the current version",
        API,
        wrong_version,
        "PrefixListVersionMismatch",
        "done",
    ),
    Deviation(
        "a list has a quota of entries",
        "observed; assumed (smaller)",
        too_many_entries,
        [FULL] * 3,
        ["done", "done", "done"],
    ),
    Deviation(
        "a call takes 100 entries", f"{API}; observed", more_than_a_call_takes, VALUE, "done"
    ),
    Deviation(
        "an entry is a network of the list's family",
        "observed (host bits), assumed (the others)",
        entries_that_are_none,
        {"host bits": VALUE, "another family": VALUE, "no CIDR": VALUE},
        {"host bits": "done", "another family": "done", "no CIDR": "done"},
    ),
    Deviation(
        "an entry is added once, and removed if there",
        "observed",
        entries_that_clash,
        [CLASH] * 2,
        ["done", "done"],
    ),
    Deviation(
        "MaxEntries can be changed, without a new version", API, a_larger_list, [9, 1], [2, 1]
    ),
    Deviation(
        "entries and MaxEntries are not changed together",
        f"{API}; observed",
        entries_and_size_together,
        "InvalidParameterCombination",
        "done",
    ),
    Deviation("a list keeps its name", API, name_after_a_change, "offices", "none"),
    Deviation(
        "a list needs time to change",
        API,
        life_of_a_list,
        [
            f"{change}-{end}"
            for change in ("create", "modify", "delete")
            for end in ("in-progress", "complete")
        ],
        [
            "create-complete",
            "create-complete",
            "modify-complete",
            "modify-complete",
            "delete-complete",
            "delete-complete",
        ],
    ),
    Deviation(
        "one change at a time, in force once complete",
        "observed",
        a_change_on_the_way,
        [1, "IncorrectState", 2],
        [2, "done", 3],
    ),
    Deviation(
        "a list that a route names cannot be deleted",
        "observed",
        deleted_while_a_route_names_it,
        ["delete-failed"],
        ["delete-complete"],
    ),
    Deviation(
        "a list counts for its MaxEntries, one of AWS by its weight",
        GUIDE,
        weight_in_a_table,
        {"S3": "done", "of two": "done", "of one": "RouteLimitExceeded"},
        {"S3": "done", "of two": "done", "of one": "done"},
    ),
    Deviation(
        "a list does not outgrow a table that names it",
        API,
        larger_than_a_table_holds,
        ["modify-failed", 2, True],
        ["modify-complete", 2, False],
    ),
    Deviation(
        "a list counts for its MaxEntries in a security group",
        GUIDE,
        weight_in_a_group,
        ["done", "done", "done", "RulesPerSecurityGroupLimitExceeded"],
        ["done", "done", "done", "done"],
        THREE_RULES,
    ),
    Deviation(
        "a list does not outgrow a security group that names it",
        API,
        larger_than_a_group_holds,
        ["modify-failed", 2, True],
        ["modify-complete", 2, False],
        THREE_RULES,
    ),
    Deviation(
        "a list can lead to an interface",
        f"{API}, CreateRoute",
        routed_to_an_interface,
        [True, True],
        [False, True],
    ),
    Deviation(
        "a list shows which resources name it", API, who_names_a_list, [True], "NotImplementedError"
    ),
    Deviation("entries come in pages", API, pages, [1, 1], [2]),
    Deviation("AWS's lists have aws in their ARN", "observed", owner_in_the_arn, "aws", "AWS"),
    Deviation(
        "AWS's lists cannot be changed",
        "VPC User Guide, AWS-managed lists; assumed (code)",
        lists_of_aws,
        ["UnsupportedOperation", "UnsupportedOperation"],
        ["done", "done"],
    ),
    Deviation(
        "the error for an unknown list spells ID",
        f"{ERRORS}; observed",
        lists_that_are_not_there,
        {
            "describe": "InvalidPrefixListID.NotFound",
            "entries": "InvalidPrefixListID.NotFound",
            "delete": "InvalidPrefixListID.NotFound",
            "route": "InvalidPrefixListID.NotFound",
        },
        {
            "describe": "done",
            "entries": "done",
            "delete": "AttributeError",
            "route": "InvalidNetworkInterfaceID.NotFound",
        },
    ),
    Deviation(
        "the errors for an unknown list of AWS, and for a malformed id, spell Id",
        f"{ERRORS}; observed",
        lists_of_aws_that_are_not_there,
        {"of AWS": "InvalidPrefixListId.NotFound", "malformed": "InvalidPrefixListId.Malformed"},
        {"of AWS": "done", "malformed": "done"},
    ),
    Deviation(
        "an earlier version is restored as a new one",
        API,
        an_earlier_version,
        3,
        "NotImplementedError",
    ),
    Deviation(
        "a list's name cannot be AWS's", f"{API}; assumed (code)", names_that_are_aws, VALUE, "done"
    ),
)
