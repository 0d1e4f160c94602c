"""Who names our groups, for a side that is not read: each location is asked about its own groups."""

from types import SimpleNamespace

from peerkeeper.values.ec2 import Location, PeeringConnection, PeeringStatus, Side
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.teardown.order.teardown import teardown
from peerkeeper_cli.teardown.reading.read import seen_of
from peerkeeper_cli.teardown.reading.reading import Reading
from peerkeeper_cli.teardown.seen.seen import OwnVpc

REGION = "ap-northeast-2"
OWN = Location("111122223333", REGION)
FRIEND = Location("444455556666", REGION)
UNREAD = Location("777788889999", REGION)
FAR = Location("777788889999", "eu-west-1")
VPCS = {OWN: "vpc-0a", FRIEND: "vpc-0b", UNREAD: "vpc-0c", FAR: "vpc-0d"}
GROUPS = {OWN: ("sg-0a", "sg-0d"), FRIEND: ("sg-0b",)}
ABSENT = Trouble(
    Meaning.ABSENT, "InvalidGroup.NotFound", "no such group", "DescribeSecurityGroupReferences"
)


def pcx(id_, one, other):
    sides = (Side(where, VPCS[where]) for where in (one, other))
    return PeeringConnection(OWN, id_, PeeringStatus.ACTIVE, *sides)


class Asked:
    """EC2 of two accounts. A rule of the VPC that is not read names our default group."""

    def __init__(self):
        self.names = {}
        self.references = []

    def all(self, asks):
        return [self.one(ask) for ask in asks]

    def one(self, ask):
        if ask.operation == "DescribeSecurityGroups":
            (vpc_id,) = ask.parameters["Filters"][0]["Values"]
            return [
                {"GroupId": id_, "VpcId": vpc_id, "GroupName": "default" if "d" in id_ else "web"}
                for id_ in GROUPS[ask.where]
                if vpc_id == VPCS[ask.where]
            ]
        if ask.operation != "DescribeSecurityGroupReferences":
            return []
        self.references.append((ask.where, tuple(ask.parameters["GroupId"])))
        if {*ask.parameters["GroupId"]} - {*GROUPS[ask.where]}:
            return ABSENT
        named = {"GroupId": "sg-0d", "ReferencingVpcId": VPCS[UNREAD]}
        return [{**named, "VpcPeeringConnectionId": "pcx-2"}]


def reading_of(*peerings, vpc=None):
    logins = {OWN.account_id: SimpleNamespace(home=REGION), FRIEND.account_id: None}
    logins[FRIEND.account_id] = logins[OWN.account_id]
    opened = SimpleNamespace(access=SimpleNamespace(logins=logins))
    target = vpc.id if vpc else peerings[0].id
    return Reading(target, opened, Asked(), frozenset({OWN}), peerings=peerings, vpc=vpc)


def own_vpc():
    return OwnVpc(OWN, VPCS[OWN], OWN.account_id, False)


def test_a_vpc_with_a_read_and_an_unread_peer_asks_only_about_its_own_groups():
    near, dark = pcx("pcx-1", OWN, FRIEND), pcx("pcx-2", OWN, UNREAD)
    reading = reading_of(near, dark, vpc=own_vpc())
    seen = seen_of(reading)
    assert reading.asking.references == [(OWN, GROUPS[OWN])]
    assert seen.unread == ()
    assert seen.referencing == (("sg-0d", VPCS[UNREAD], "pcx-2"),)


def test_a_rule_that_names_our_default_group_is_a_note_in_its_location():
    seen = seen_of(reading_of(pcx("pcx-2", OWN, UNREAD)))
    (note,) = [one for one in teardown(seen).notes if one.resource == "sg-0d"]
    assert note.location == OWN
    assert f"rules in {VPCS[UNREAD]} name it over pcx-2" in note.words


def test_a_peer_in_another_region_can_name_no_group_of_ours():
    reading = reading_of(pcx("pcx-1", OWN, FRIEND), pcx("pcx-3", OWN, FAR), vpc=own_vpc())
    assert seen_of(reading).referencing == ()
    assert reading.asking.references == []
