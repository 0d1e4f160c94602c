"""What plain moto does otherwise than Route 53: private hosted zones, and who may associate a VPC."""

from typing import Any

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import OURS, SEOUL, TOKYO, Deviation, Stage, outcome, status

API = "Route 53 API"
NAME = "internal.example."
ABSENT = "vpc-0123456789abcdef0"


def _vpc(vpc: str, region: str = SEOUL) -> dict[str, str]:
    return {"VPCRegion": region, "VPCId": vpc}


def _made(stage: Stage, name: str = NAME, **sent: Any) -> dict[str, Any]:
    """Create a private zone, by default with a new VPC of Seoul."""
    given = {"VPC": _vpc(stage.vpc(stage.seoul)), "HostedZoneConfig": {"PrivateZone": True}, **sent}
    return dict(
        stage.zones.create_hosted_zone(Name=name, CallerReference=name + str(sent), **given)
    )


def _zone(stage: Stage, name: str = NAME, **sent: Any) -> str:
    return str(_made(stage, name, **sent)["HostedZone"]["Id"])


def _associate(client: Any, zone: str, vpc: str, region: str = SEOUL) -> str:
    call = client.associate_vpc_with_hosted_zone
    return outcome(call, HostedZoneId=zone, VPC=_vpc(vpc, region))


def _authorize(client: Any, zone: str, vpc: str) -> str:
    call = client.create_vpc_association_authorization
    return outcome(call, HostedZoneId=zone, VPC=_vpc(vpc))


def _of(stage: Stage, zone: str) -> list[str]:
    shown = stage.zones.get_hosted_zone(Id=zone)
    return [vpc["VPCId"] for vpc in shown["VPCs"]]


def ids_of_zones(stage: Stage) -> bool:
    ids = [_zone(stage, f"n{number}.example.") for number in range(6)]
    return all(zone.startswith("/hostedzone/Z") for zone in ids)


def private_by_its_vpc(stage: Stage) -> bool:
    made = stage.zones.create_hosted_zone(
        Name=NAME, CallerReference="a", VPC=_vpc(stage.vpc(stage.seoul))
    )
    return bool(made["HostedZone"]["Config"]["PrivateZone"])


def create_with_an_absent_vpc(stage: Stage) -> str:
    return outcome(
        stage.zones.create_hosted_zone,
        Name=NAME,
        CallerReference="a",
        VPC=_vpc(ABSENT),
        HostedZoneConfig={"PrivateZone": True},
    )


def create_again(stage: Stage) -> str:
    sent = {"Name": NAME, "CallerReference": "once"}
    stage.zones.create_hosted_zone(**sent)
    return outcome(stage.zones.create_hosted_zone, **sent)


def create_of_one_name(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    _zone(stage, VPC=_vpc(vpc))
    sent = {"VPC": _vpc(vpc), "HostedZoneConfig": {"PrivateZone": True}}
    return outcome(stage.zones.create_hosted_zone, Name=NAME, CallerReference="b", **sent)


def associate_twice(stage: Stage) -> tuple[str, int]:
    zone, vpc = _zone(stage), stage.vpc(stage.seoul)
    _associate(stage.zones, zone, vpc)
    return _associate(stage.zones, zone, vpc), _of(stage, zone).count(vpc)


def associate_an_absent_vpc(stage: Stage) -> list[str]:
    zone, vpc = _zone(stage), stage.vpc(stage.seoul)
    return [
        _associate(stage.zones, zone, ABSENT),
        _associate(stage.zones, zone, "vpc-nonsense"),
        _associate(stage.zones, zone, vpc, TOKYO),
    ]


def associate_by_name(stage: Stage) -> list[str]:
    """A zone of the same name, of its parent's, and of its child's."""
    vpc = stage.vpc(stage.seoul)
    _zone(stage, VPC=_vpc(vpc))
    names = (NAME, "example.", f"a.{NAME}")
    return [_associate(stage.zones, _zone(stage, name), vpc) for name in names]


def associate_too_many(stage: Stage) -> str:
    zone = _zone(stage)
    return [_associate(stage.zones, zone, stage.vpc(stage.seoul)) for _ in range(2)][-1]


def disassociate_a_stranger(stage: Stage) -> str:
    zone = _zone(stage)
    _associate(stage.zones, zone, stage.vpc(stage.seoul))
    other = _vpc(stage.vpc(stage.seoul))
    return outcome(stage.zones.disassociate_vpc_from_hosted_zone, HostedZoneId=zone, VPC=other)


def change_in_time(stage: Stage) -> list[str]:
    made = _made(stage)["ChangeInfo"]
    stage.advance(29)
    seen = [made["Status"]]
    for _ in range(2):
        shown = stage.zones.get_change(Id=made["Id"])
        seen.append(shown["ChangeInfo"]["Status"])
        stage.advance(2)
    return seen


def change_by_another_id(stage: Stage) -> str:
    return outcome(stage.zones.get_change, Id="C0")


def changes_have_ids(stage: Stage) -> int:
    zone = _zone(stage)
    vpcs = [_vpc(stage.vpc(stage.seoul)) for _ in range(2)]
    call = stage.zones.associate_vpc_with_hosted_zone
    return len({call(HostedZoneId=zone, VPC=vpc)["ChangeInfo"]["Id"] for vpc in vpcs})


def authorizations(stage: Stage) -> list[object]:
    """Authorized, listed, taken back twice."""
    zone, vpc = _zone(stage), stage.vpc(stage.stranger)
    listed = stage.zones.list_vpc_association_authorizations
    sent = {"HostedZoneId": zone, "VPC": _vpc(vpc)}
    back = stage.zones.delete_vpc_association_authorization
    seen: list[object] = [_authorize(stage.zones, zone, vpc)]
    if seen == ["done"]:
        seen.append([each["VPCId"] for each in listed(HostedZoneId=zone)["VPCs"]] == [vpc])
    return [*seen, outcome(back, **sent), outcome(back, **sent)]


def refused_authorizations(stage: Stage) -> list[str]:
    """Of a public zone, of no VPC's id, of another's zone."""
    public = stage.zones.create_hosted_zone(Name="a.example", CallerReference="a")
    zone, vpc = _zone(stage), stage.vpc(stage.stranger)
    return [
        _authorize(stage.zones, public["HostedZone"]["Id"], vpc),
        _authorize(stage.zones, zone, "subnet-0a1"),
        _authorize(stage.their_zones, zone, vpc),
    ]


def vpcs_of_a_public_zone(stage: Stage) -> str:
    public = stage.zones.create_hosted_zone(Name="a.example", CallerReference="a")
    sent = {"HostedZoneId": public["HostedZone"]["Id"], "Type": "MAX_VPCS_ASSOCIATED_BY_ZONE"}
    return outcome(stage.zones.get_hosted_zone_limit, **sent)


def a_wrong_token(stage: Stage) -> str:
    sent = {"VPCId": stage.vpc(stage.seoul), "VPCRegion": SEOUL, "NextToken": "nonsense"}
    return outcome(stage.zones.list_hosted_zones_by_vpc, **sent)


def too_many_authorizations(stage: Stage) -> str:
    zone = _zone(stage)
    return [_authorize(stage.zones, zone, f"vpc-0{n}") for n in range(3)][-1]


def handshake(stage: Stage) -> list[str]:
    """Before, by the zone's owner, by the VPC's owner, and by the VPC's owner after it was taken back."""
    zone, vpc = _zone(stage), stage.vpc(stage.stranger)
    before = _associate(stage.their_zones, zone, vpc)
    _authorize(stage.zones, zone, vpc)
    by_zone = _associate(stage.zones, zone, vpc)
    by_vpc = _associate(stage.their_zones, zone, vpc)
    other = stage.vpc(stage.stranger)
    _authorize(stage.zones, zone, other)
    outcome(stage.zones.delete_vpc_association_authorization, HostedZoneId=zone, VPC=_vpc(other))
    return [before, by_zone, by_vpc, _associate(stage.their_zones, zone, other)]


def refused_association(stage: Stage) -> int:
    zone, vpc = _zone(stage), stage.vpc(stage.stranger)
    call = stage.their_zones.associate_vpc_with_hosted_zone
    return status(call, HostedZoneId=zone, VPC=_vpc(vpc))


def _shared(stage: Stage) -> tuple[str, str]:
    """Return a zone of ours and the stranger's VPC that is associated with it."""
    zone, vpc = _zone(stage), stage.vpc(stage.stranger)
    _authorize(stage.zones, zone, vpc)
    _associate(stage.their_zones, zone, vpc)
    return zone, vpc


def stays_when_taken_back(stage: Stage) -> bool:
    zone, vpc = _shared(stage)
    outcome(stage.zones.delete_vpc_association_authorization, HostedZoneId=zone, VPC=_vpc(vpc))
    return vpc in _of(stage, zone)


def left_by_the_owner_of_the_vpc(stage: Stage) -> str:
    zone, vpc = _shared(stage)
    call = stage.their_zones.disassociate_vpc_from_hosted_zone
    return outcome(call, HostedZoneId=zone, VPC=_vpc(vpc))


def zones_of_a_vpc(stage: Stage) -> list[tuple[str, str]]:
    _, vpc = _shared(stage)
    shown = stage.their_zones.list_hosted_zones_by_vpc(VPCId=vpc, VPCRegion=SEOUL)
    return [(each["Name"], each["Owner"]["OwningAccount"]) for each in shown["HostedZoneSummaries"]]


def zones_of_a_vpc_elsewhere(stage: Stage) -> str:
    vpc = stage.vpc(stage.seoul)
    _zone(stage, VPC=_vpc(vpc))
    call = stage.zones.list_hosted_zones_by_vpc
    return outcome(call, VPCId=vpc, VPCRegion=TOKYO)


def pages_of_zones(stage: Stage) -> list[int]:
    vpc = stage.vpc(stage.seoul)
    for number in range(3):
        _zone(stage, f"n{number}.example.", VPC=_vpc(vpc))
    sizes, token = [], {}
    while token is not None:
        reply = stage.zones.list_hosted_zones_by_vpc(
            VPCId=vpc, VPCRegion=SEOUL, MaxItems="2", **token
        )
        sizes.append(len(reply["HostedZoneSummaries"]))
        token = {"NextToken": reply["NextToken"]} if "NextToken" in reply else None
    return sizes


def limit_of_a_zone(stage: Stage) -> object:
    call, zone = stage.zones.get_hosted_zone_limit, _zone(stage)
    sent = {"HostedZoneId": zone, "Type": "MAX_VPCS_ASSOCIATED_BY_ZONE"}
    done = outcome(call, **sent)
    return (call(**sent)["Limit"]["Value"], call(**sent)["Count"]) if done == "done" else done


ZONES = (
    Deviation("A zone's id begins with Z", "observed", ids_of_zones, True, False),
    Deviation("A zone made with a VPC is private", API, private_by_its_vpc, True, False),
    Deviation(
        "A private zone needs a VPC that exists",
        API,
        create_with_an_absent_vpc,
        "InvalidVPCId",
        "done",
    ),
    Deviation(
        "A caller reference is used once", API, create_again, "HostedZoneAlreadyExists", "done"
    ),
    Deviation(
        "A VPC has one zone of a name, when a zone is made",
        API,
        create_of_one_name,
        "ConflictingDomainExists",
        "done",
    ),
    Deviation(
        "A VPC has one zone of a name, when it is associated. Parent and child are other names",
        "Route 53 API; Route 53 Developer Guide, considerations",
        associate_by_name,
        ["ConflictingDomainExists", "done", "done"],
        ["done", "done", "done"],
    ),
    Deviation(
        "A VPC is associated with a zone once",
        "observed",
        associate_twice,
        ("ConflictingDomainExists", 1),
        ("done", 2),
    ),
    Deviation(
        "A VPC that is absent or in another Region cannot be associated",
        API,
        associate_an_absent_vpc,
        ["InvalidVPCId"] * 3,
        ["done"] * 3,
    ),
    Deviation(
        "A zone has at most 300 VPCs",
        "Route 53 Developer Guide, quotas",
        associate_too_many,
        "LimitsExceeded",
        "done",
        limits=Limits(vpcs_per_zone=2),
    ),
    Deviation(
        "Route 53 shows the limits of a zone",
        API,
        limit_of_a_zone,
        (2, 1),
        "404",
        Limits(vpcs_per_zone=2),
    ),
    Deviation(
        "Only an associated VPC can be disassociated",
        API,
        disassociate_a_stranger,
        "VPCAssociationNotFound",
        "done",
    ),
    Deviation(
        "A change is pending for a while",
        "Route 53 API, GetChange; how long is assumed",
        change_in_time,
        ["PENDING", "PENDING", "INSYNC"],
        ["INSYNC"] * 3,
    ),
    Deviation("Each change has its own id", API, changes_have_ids, 2, 1),
    Deviation("An unknown change is an error", API, change_by_another_id, "NoSuchChange", "done"),
    Deviation(
        "An authorization is created, listed and deleted once",
        API,
        authorizations,
        ["done", True, "done", "VPCAssociationAuthorizationNotFound"],
        ["404"] * 3,
    ),
    Deviation(
        "No authorization for a public zone, a wrong VPC id, or another account's zone",
        "Route 53 API; InvalidInput and the last are assumed",
        refused_authorizations,
        ["InvalidInput", "InvalidVPCId", "NoSuchHostedZone"],
        ["404"] * 3,
    ),
    Deviation(
        "A public zone has no VPCs to count",
        API,
        vpcs_of_a_public_zone,
        "HostedZoneNotPrivate",
        "404",
    ),
    Deviation(
        "Only a token from a reply gives the next zones",
        API,
        a_wrong_token,
        "InvalidPaginationToken",
        "done",
    ),
    Deviation(
        "A zone has at most 1000 authorizations",
        "Route 53 Developer Guide, quotas",
        too_many_authorizations,
        "TooManyVPCAssociationAuthorizations",
        "404",
        limits=Limits(authorizations_per_zone=2),
    ),
    Deviation(
        "Only its owner can associate another account's VPC, while authorized",
        "Route 53 API; observed",
        handshake,
        ["NotAuthorizedException", "NotAuthorizedException", "done", "NotAuthorizedException"],
        ["NoSuchHostedZone", "done", "NoSuchHostedZone", "NoSuchHostedZone"],
    ),
    Deviation("Not authorized is HTTP 401", API, refused_association, 401, 404),
    Deviation(
        "An association stays after its authorization is deleted",
        API,
        stays_when_taken_back,
        True,
        False,
    ),
    Deviation(
        "The owner of the VPC may leave another's zone",
        API,
        left_by_the_owner_of_the_vpc,
        "done",
        "NoSuchHostedZone",
    ),
    Deviation(
        "A VPC's zones are listed, also zones of other accounts",
        API,
        zones_of_a_vpc,
        [(NAME, OURS)],
        [],
    ),
    Deviation(
        "Zones are listed only for the caller's VPC, in its Region",
        "Route 53 API; the code is assumed",
        zones_of_a_vpc_elsewhere,
        "InvalidInput",
        "done",
    ),
    Deviation("A VPC's zones come in pages", API, pages_of_zones, [2, 1], [3]),
)
