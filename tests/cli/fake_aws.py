"""AWS as far as a reading command asks it, without a network. In: answers by operation. Out: what was asked.

It stands below botocore's clients, so that what is held before each call is held here too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LISTS = {
    "DescribeVpcPeeringConnections": "VpcPeeringConnections",
    "DescribeVpcs": "Vpcs",
    "DescribeSubnets": "Subnets",
    "DescribeRouteTables": "RouteTables",
    "DescribeManagedPrefixLists": "PrefixLists",
    "DescribeStaleSecurityGroups": "StaleSecurityGroupSet",
    "DescribeSecurityGroupRules": "SecurityGroupRules",
    "DescribeNetworkInterfaces": "NetworkInterfaces",
    "DescribeSecurityGroups": "SecurityGroups",
    "DescribeNetworkAcls": "NetworkAcls",
    "DescribeVpcEndpoints": "VpcEndpoints",
}
REGIONS = ("ap-northeast-2", "eu-west-1")


class Refused(Exception):
    """AWS says no."""

    def __init__(self, code: str, message: str = "no", status: int = 400) -> None:
        super().__init__(code)
        self.code, self.message, self.status = code, message, status


@dataclass
class Http:
    """What botocore looks at of a response."""

    status_code: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class FakeAws:
    """Answers calls; an answer of one's own takes the place of the usual one."""

    answers: dict[str, Callable[[str], dict[str, Any]]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Operation and region."""

    def stand_in(self, monkeypatch: Any) -> None:
        """Answer whatever this process asks AWS."""

        def make_request(endpoint: Any, model: Any, request: Any) -> tuple[Http, dict[str, Any]]:
            return self.make_request(endpoint, model, request)

        monkeypatch.setattr("botocore.endpoint.Endpoint.make_request", make_request)

    def make_request(self, endpoint: Any, model: Any, request: Any) -> tuple[Http, dict[str, Any]]:
        region = request["context"]["client_region"]
        endpoint.create_request(request, model)  # it signs, so there must be credentials
        self.asked.append((model.name, region))
        try:
            return Http(200), {**self._usual(model.name, region), "ResponseMetadata": {}}
        except Refused as no:
            error = {"Code": no.code, "Message": no.message}
            return Http(no.status), {
                "Error": error,
                "ResponseMetadata": {"HTTPStatusCode": no.status},
            }

    def _usual(self, operation: str, region: str) -> dict[str, Any]:
        if operation in self.answers:
            return self.answers[operation](region)
        if operation in LISTS:
            return {LISTS[operation]: []}
        match operation:
            case "GetCallerIdentity":
                return {"Account": "111122223333"}
            case "DescribeRegions":
                return {"Regions": [{"RegionName": one} for one in REGIONS]}
            case "GetFunctionConfiguration":
                raise Refused("ResourceNotFoundException", status=404)
            case _:
                raise AssertionError(operation)


def refuse(code: str, message: str = "no", status: int = 400) -> Callable[[str], dict[str, Any]]:
    """Return an answer that refuses in every region."""

    def answer(_region: str) -> dict[str, Any]:
        raise Refused(code, message, status)

    return answer


def refuse_in(where: str, code: str, list_: str) -> Callable[[str], dict[str, Any]]:
    """Return an answer that refuses in one region, and has nothing in others."""

    def answer(region: str) -> dict[str, Any]:
        if region == where:
            raise Refused(code)
        return {list_: []}

    return answer
