"""EC2's answer when it will not do a thing. In: code and message. Never: what to do about it."""

from collections.abc import Mapping
from typing import Any

STATUSES = {
    "AuthFailure": 401,
    "UnauthorizedOperation": 403,
    "DryRunOperation": 412,
    "InternalError": 500,
    "InternalFailure": 500,
    "ServerInternal": 500,
    "RequestLimitExceeded": 503,
    "ServiceUnavailable": 503,
    "Unavailable": 503,
}
"""HTTP statuses other than 400. Sources: EC2 errors (client or server); observed (which of them)."""


class Refusal(Exception):
    """An EC2 error: the code as EC2 spells it (without `Client.`) and its message.

    `status`: the HTTP status, where one call answers with another than the code's usual one.
    """

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self._status = status

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    @property
    def http_status(self) -> int:
        """The status that EC2 answers with: 400, except for the codes in `STATUSES`."""
        return self._status or STATUSES.get(self.code, 400)


def no_such_peering(pcx_id: str) -> Refusal:
    """Not visible here: never was, not yet, or no longer. Capital `ID`. Source: EC2 errors."""
    return Refusal(
        "InvalidVpcPeeringConnectionID.NotFound",
        f"The vpcPeeringConnection ID '{pcx_id}' does not exist",
    )


def no_such_vpc(vpc_id: str) -> Refusal:
    """Source: EC2 errors."""
    return Refusal("InvalidVpcID.NotFound", f"The vpc ID '{vpc_id}' does not exist")


def no_such_route_table(route_table_id: str) -> Refusal:
    """Source: EC2 errors."""
    return Refusal(
        "InvalidRouteTableID.NotFound", f"The routeTable ID '{route_table_id}' does not exist"
    )


def no_such_gateway(gateway_id: str) -> Refusal:
    """Refuse a GatewayId that names no gateway. Sources: EC2 errors; observed (an interface)."""
    return Refusal("InvalidGatewayID.NotFound", f"The gateway ID '{gateway_id}' does not exist")


def no_such_subnet(subnet_id: str) -> Refusal:
    """Source: EC2 errors."""
    return Refusal("InvalidSubnetID.NotFound", f"The subnet ID '{subnet_id}' does not exist")


def no_such_network_acl(acl_id: str) -> Refusal:
    """Source: EC2 errors."""
    return Refusal("InvalidNetworkAclID.NotFound", f"The networkAcl ID '{acl_id}' does not exist")


def no_such_group(group_id: str) -> Refusal:
    """Source: EC2 errors."""
    return Refusal("InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")


def no_such_default_group(name: str, vpc_id: str) -> Refusal:
    """Refuse a name: a call names only groups of the default VPC by their names. Source: observed."""
    return Refusal(
        "InvalidGroup.NotFound",
        f"The security group '{name}' does not exist in default VPC '{vpc_id}'",
    )


def no_such_rule(rule_id: str) -> Refusal:
    """Source: observed."""
    return Refusal(
        "InvalidSecurityGroupRuleId.NotFound",
        f"The security group rule ID '{rule_id}' does not exist",
    )


def no_such_interface(interface_id: str) -> Refusal:
    """Source: EC2 errors."""
    return Refusal(
        "InvalidNetworkInterfaceID.NotFound",
        f"The networkInterface ID '{interface_id}' does not exist",
    )


def invalid_value(value: object, parameter: str, more: str = "") -> Refusal:
    """Refuse the value of a parameter, as EC2 spells it. `more`: what EC2 adds. Source: observed."""
    words = f"Value ({value}) for parameter {parameter} is invalid. {more}".rstrip()
    return Refusal("InvalidParameterValue", words)


def required(sent: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - a parameter of any type
    """Return a parameter of a call. Raises Refusal (MissingParameter) if it was not sent."""
    value = sent.get(name)
    if value is None:
        first_lower = name[0].lower() + name[1:]
        raise Refusal("MissingParameter", f"The request must contain the parameter {first_lower}")
    return value
