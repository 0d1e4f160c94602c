"""EC2's answer when it will not do a thing. In: code and message. Never: what to do about it."""

UNAVAILABLE = frozenset(
    {
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "Unavailable",
        "InternalError",
        "InternalFailure",
    }
)


class Refusal(Exception):
    """An EC2 error: the code as EC2 spells it (without `Client.`) and its message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    @property
    def http_status(self) -> int:
        """503 for what EC2 calls server errors and throttling, else 400. Source: EC2 errors."""
        return 503 if self.code in UNAVAILABLE else 400


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


def malformed(parameter: str, value: str) -> Refusal:
    """Return the refusal of an id of the wrong form: small `d`, unlike NotFound. Source: EC2 errors."""
    kind = parameter.removesuffix("Id")
    return Refusal(f"Invalid{kind}Id.Malformed", f'Invalid id: "{value}"')
