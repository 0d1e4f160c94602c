"""What plain moto does otherwise than EC2: network ACLs."""

from typing import Any

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import Deviation, Stage, outcome

API, ERRORS, OBSERVED = "EC2 API", "EC2 errors", "observed"
INVALID, MISSING = "InvalidParameterValue", "MissingParameter"
NO_ACL, NO_ENTRY = "InvalidNetworkAclID.NotFound", "InvalidNetworkAclEntry.NotFound"
UNKNOWN = "acl-0123456789abcdef0"
EVERYTHING = {"Protocol": "-1", "RuleAction": "allow", "Egress": False, "CidrBlock": "0.0.0.0/0"}


def acl(stage: Stage, vpc: str = "") -> str:
    made = stage.seoul.create_network_acl(VpcId=vpc or stage.vpc(stage.seoul))
    return str(made["NetworkAcl"]["NetworkAclId"])


def shown(stage: Stage, acl_id: str) -> dict[str, Any]:
    (found,) = stage.seoul.describe_network_acls(NetworkAclIds=[acl_id])["NetworkAcls"]
    return dict(found)


def numbers(stage: Stage, acl_id: str) -> list[int]:
    return sorted(each["RuleNumber"] for each in shown(stage, acl_id)["Entries"])


def entry(stage: Stage, **sent: Any) -> str:
    call, named = stage.seoul.create_network_acl_entry, {"NetworkAclId": acl(stage)}
    return outcome(call, **{"RuleNumber": 100, **EVERYTHING, **named, **sent})


def closing_denies(stage: Stage) -> list[int]:
    return numbers(stage, acl(stage))


def closing_denies_of_ipv6(stage: Stage) -> list[int]:
    made = stage.seoul.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)
    return numbers(stage, acl(stage, made["Vpc"]["VpcId"]))


def default_acl_with_ipv6(stage: Stage) -> list[int]:
    vpc = stage.vpc(stage.seoul)
    stage.seoul.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    return numbers(stage, default(stage, vpc))


def default(stage: Stage, vpc: str) -> str:
    wanted = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "default", "Values": ["true"]}]
    (found,) = stage.seoul.describe_network_acls(Filters=wanted)["NetworkAcls"]
    return str(found["NetworkAclId"])


def numbers_out_of_range(stage: Stage) -> list[str]:
    return [entry(stage, RuleNumber=number) for number in (0, 32767)]


def unknown_action(stage: Stage) -> str:
    return entry(stage, RuleAction="maybe")


def name_of_a_protocol(stage: Stage) -> str:
    return entry(stage, Protocol="tcp", PortRange={"From": 22, "To": 22})


def no_ports(stage: Stage) -> str:
    return entry(stage, Protocol="6")


def no_icmp_type(stage: Stage) -> str:
    return entry(stage, Protocol="1")


def icmp_is_shown(stage: Stage) -> list[Any]:
    acl_id, ping = acl(stage), {"Type": 8, "Code": -1}
    stage.seoul.create_network_acl_entry(
        NetworkAclId=acl_id, RuleNumber=10, **{**EVERYTHING, "Protocol": "1"}, IcmpTypeCode=ping
    )
    entries = shown(stage, acl_id)["Entries"]
    return [each.get("IcmpTypeCode") for each in entries if each["RuleNumber"] == 10]


def host_bits(stage: Stage) -> list[str]:
    acl_id = acl(stage)
    stage.seoul.create_network_acl_entry(
        NetworkAclId=acl_id, RuleNumber=10, **{**EVERYTHING, "CidrBlock": "10.40.0.9/16"}
    )
    entries = shown(stage, acl_id)["Entries"]
    return [each["CidrBlock"] for each in entries if each["RuleNumber"] == 10]


def too_many_entries(stage: Stage) -> list[str]:
    call, acl_id = stage.seoul.create_network_acl_entry, acl(stage)
    said = [
        outcome(call, NetworkAclId=acl_id, RuleNumber=number, **EVERYTHING) for number in (1, 2, 3)
    ]
    other_way = {**EVERYTHING, "Egress": True}
    return [*said, outcome(call, NetworkAclId=acl_id, RuleNumber=1, **other_way)]


def absent_entry(stage: Stage) -> list[str]:
    named = {"NetworkAclId": acl(stage), "RuleNumber": 10}
    return [
        outcome(stage.seoul.delete_network_acl_entry, **named, Egress=False),
        outcome(stage.seoul.replace_network_acl_entry, **named, **EVERYTHING),
    ]


def closing_deny_deleted(stage: Stage) -> str:
    named = {"NetworkAclId": default(stage, stage.vpc(stage.seoul)), "RuleNumber": 32767}
    return outcome(stage.seoul.delete_network_acl_entry, **named, Egress=False)


def unknown_acl(stage: Stage) -> str:
    return outcome(stage.seoul.describe_network_acls, NetworkAclIds=[UNKNOWN])


def default_acl_deleted(stage: Stage) -> str:
    found = default(stage, stage.vpc(stage.seoul))
    return outcome(stage.seoul.delete_network_acl, NetworkAclId=found)


def acl_after_its_subnet(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    subnet, acl_id = stage.subnet(vpc), acl(stage, vpc)
    old = shown(stage, default(stage, vpc))["Associations"][0]["NetworkAclAssociationId"]
    stage.seoul.replace_network_acl_association(AssociationId=old, NetworkAclId=acl_id)
    stage.seoul.delete_subnet(SubnetId=subnet)
    return outcome(stage.seoul.delete_network_acl, NetworkAclId=acl_id)


def acl_of_another_vpc(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    stage.subnet(vpc)
    old = shown(stage, default(stage, vpc))["Associations"][0]["NetworkAclAssociationId"]
    call = stage.seoul.replace_network_acl_association
    return outcome(call, AssociationId=old, NetworkAclId=acl(stage))


def unknown_association(stage: Stage) -> str:
    call, old = stage.seoul.replace_network_acl_association, "aclassoc-0123456789abcdef0"
    return outcome(call, AssociationId=old, NetworkAclId=acl(stage))


def filters(stage: Stage) -> list[str]:
    names = ("network-acl-id", "entry.port-range.from", "entry.icmp.type", "entry.ipv6-cidr")
    call = stage.seoul.describe_network_acls
    return [outcome(call, Filters=[{"Name": name, "Values": ["22"]}]) for name in names]


def dry_run(stage: Stage) -> str:
    return outcome(stage.seoul.create_network_acl, VpcId=stage.vpc(stage.seoul), DryRun=True)


def pages(stage: Stage) -> list[int]:
    vpc = stage.vpc(stage.seoul)
    for _ in range(6):
        acl(stage, vpc)
    asked = {"Filters": [{"Name": "vpc-id", "Values": [vpc]}]}
    reading = stage.seoul.get_paginator("describe_network_acls")
    return [
        len(page["NetworkAcls"])
        for page in reading.paginate(**asked, PaginationConfig={"PageSize": 5})
    ]


def default_acl_after_its_vpc(stage: Stage) -> int:
    vpc = stage.vpc(stage.seoul)
    stage.seoul.delete_vpc(VpcId=vpc)
    wanted = [{"Name": "vpc-id", "Values": [vpc]}]
    return len(stage.seoul.describe_network_acls(Filters=wanted)["NetworkAcls"])


GUIDE = "VPC User Guide, network ACLs"
NETWORK_ACLS = (
    Deviation("a new ACL has its closing denies", OBSERVED, closing_denies, [32767, 32767], []),
    Deviation(
        "an ACL has a closing deny for IPv6 too, if its VPC has IPv6",
        OBSERVED,
        closing_denies_of_ipv6,
        [32767, 32767, 32768, 32768],
        [],
    ),
    Deviation(
        "a default ACL without changes admits a new IPv6 CIDR",
        GUIDE,
        default_acl_with_ipv6,
        [100, 100, 101, 101, 32767, 32767, 32768, 32768],
        [100, 100, 32767, 32767],
    ),
    Deviation(
        "an entry's number is from 1 to 32766",
        API,
        numbers_out_of_range,
        [INVALID, INVALID],
        ["done", "done"],
    ),
    Deviation("an entry allows or denies", API, unknown_action, INVALID, "done"),
    Deviation("an entry's protocol is a number", OBSERVED, name_of_a_protocol, INVALID, "done"),
    Deviation("TCP and UDP need ports", API, no_ports, MISSING, "done"),
    Deviation("ICMP needs type and code", OBSERVED, no_icmp_type, MISSING, "done"),
    Deviation("type and code are shown", API, icmp_is_shown, [{"Type": 8, "Code": -1}], [None]),
    Deviation(
        "the CIDR of an entry drops its host bits",
        API,
        host_bits,
        ["10.40.0.0/16"],
        ["10.40.0.9/16"],
    ),
    Deviation(
        "an ACL is full, for each direction and family, with its closing deny",
        "VPC User Guide, quotas",
        too_many_entries,
        ["done", "done", "NetworkAclEntryLimitExceeded", "done"],
        ["done", "done", "done", "done"],
        Limits(entries_per_network_acl=3),
    ),
    Deviation(
        "an unknown entry cannot be deleted or replaced",
        OBSERVED,
        absent_entry,
        [NO_ENTRY, NO_ENTRY],
        ["StopIteration", "StopIteration"],
    ),
    Deviation("a closing deny cannot be deleted", "assumed", closing_deny_deleted, INVALID, "done"),
    Deviation(
        "an unknown ACL is not found",
        ERRORS,
        unknown_acl,
        NO_ACL,
        "InvalidRouteTableID.NotFound",
    ),
    Deviation("a default ACL cannot be deleted", API, default_acl_deleted, INVALID, "done"),
    Deviation(
        "a deleted subnet holds no ACL",
        "assumed",
        acl_after_its_subnet,
        "done",
        "DependencyViolation",
    ),
    Deviation(
        "a subnet's ACL must be in the subnet's VPC", "assumed", acl_of_another_vpc, INVALID, "done"
    ),
    Deviation(
        "an unknown association of an ACL is not found",
        OBSERVED,
        unknown_association,
        "InvalidAssociationID.NotFound",
        "StopIteration",
    ),
    Deviation(
        "the filters of ACLs are the documented ones",
        API,
        filters,
        ["done"] * 4,
        ["FilterNotImplementedError"] * 4,
    ),
    Deviation("a dry run makes no ACL", API, dry_run, "DryRunOperation", "done"),
    Deviation("network ACLs come in pages", API, pages, [5, 2], [7]),
    Deviation("a default ACL is deleted with its VPC", API, default_acl_after_its_vpc, 0, 1),
)
