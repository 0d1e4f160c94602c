"""EC2's replies about hosts, for tests: short ids, and the fields that the values are made of."""

from __future__ import annotations

from typing import Any

from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.reach.call import Call, Reply

SEOUL = Location("111122223333", "ap-northeast-2")
TOKYO = Location("111122223333", "ap-northeast-1")
OTHERS = Location("444455556666", "ap-northeast-1")
WEB, DB = "eni-0000000000000000a", "eni-0000000000000000b"
DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "DescribeTags")


def eni(id_: str, address: str, **more: Any) -> dict[str, Any]:
    """Return an interface as DescribeNetworkInterfaces shows it."""
    attached = {"Attachment": {"InstanceId": more.pop("instance")}} if "instance" in more else {}
    return {
        "NetworkInterfaceId": id_,
        "VpcId": "vpc-0000000a",
        "SubnetId": "subnet-0000000a",
        "OwnerId": "111122223333",
        "PrivateIpAddress": address,
        "Groups": [{"GroupId": "sg-0000000a"}],
        **attached,
        **more,
    }


def tag(kind: str, id_: str, name: str) -> dict[str, Any]:
    return {"Key": "Name", "Value": name, "ResourceType": kind, "ResourceId": id_}


def subnet(id_: str, cidr: str, vpc: str = "vpc-0000000a", **more: Any) -> dict[str, Any]:
    return {"SubnetId": id_, "VpcId": vpc, "CidrBlock": cidr, "OwnerId": "111122223333", **more}


class Told:
    """Answers calls from what is there, in the location that it is in; keeps each wave."""

    def __init__(self, **there: Any) -> None:
        self.there = there
        self.waves: list[list[Call]] = []
        self.refused: dict[str, Trouble] = {}

    def __call__(self, calls):
        self.waves.append([*calls])
        return [self._reply(call) for call in calls]

    def _reply(self, call: Call) -> Reply:
        if call.action in self.refused:
            return Reply(call, trouble=self.refused[call.action])
        place = {SEOUL: "seoul", TOKYO: "tokyo", OTHERS: "others"}[call.location]
        items = self.there.get(f"{place}_{call.action}", ())
        return Reply(call, tuple(raw for raw in items if _passes(raw, call)))


def _passes(raw: dict[str, Any], call: Call) -> bool:
    return all(_value(raw, name) & {*values} for name, values in call.filters)


def _value(raw: dict[str, Any], name: str) -> set[str]:
    match name:
        case "attachment.instance-id":
            return {(raw.get("Attachment") or {}).get("InstanceId", "")}
        case "addresses.private-ip-address":
            listed = raw.get("PrivateIpAddresses") or ()
            return {raw["PrivateIpAddress"], *(one["PrivateIpAddress"] for one in listed)}
        case "ipv6-addresses.ipv6-address":
            return {one["Ipv6Address"] for one in raw.get("Ipv6Addresses") or ()}
    field = {
        "network-interface-id": "NetworkInterfaceId",
        "subnet-id": "SubnetId",
        "vpc-id": "VpcId",
        "key": "Key",
        "value": "Value",
        "resource-type": "ResourceType",
    }[name]
    return {raw[field]}
