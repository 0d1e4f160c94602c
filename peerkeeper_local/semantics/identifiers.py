"""The form of ids. In: what a call sent. Out: nothing, or a Refusal. Never looks anything up.

EC2 tells an id of the wrong form from one that is not there, and spells the two differently.
"""

import re
from collections.abc import Mapping
from typing import Any

from peerkeeper_local.semantics.refusal import Refusal

# Parameter (its plural takes a list), prefix, code. `ID` or `Id`: as the table of error codes has it.
FORMS = {
    "VpcId": ("vpc", "InvalidVpcID.Malformed"),
    "PeerVpcId": ("vpc", "InvalidVpcID.Malformed"),
    "SubnetId": ("subnet", "InvalidSubnetID.Malformed"),
    "RouteTableId": ("rtb", "InvalidRouteTableId.Malformed"),
    "VpcPeeringConnectionId": ("pcx", "InvalidVpcPeeringConnectionId.Malformed"),
}
OTHERWISE = {
    ("CreateNatGateway", "SubnetId"): "InvalidSubnet",
    ("CreateVpcEndpoint", "VpcId"): "InvalidVpcId.Malformed",
}
"""Codes of single actions. Source: observed (tests of the ACK controller for EC2, on AWS)."""
_PATTERNS = {name: re.compile(f"{prefix}-[0-9a-f]+") for name, (prefix, _) in FORMS.items()}


def check_ids(sent: Mapping[str, Any], action: str = "") -> None:
    """Raise Refusal if an id in `sent` lacks its prefix or has more than hexadecimal digits.

    `sent` are the parameters of `action`: few actions have a code of their own.
    How many digits is not looked at: EC2 makes 17, or 8 once. Source: EC2 errors; text observed.
    """
    for parameter, value in sent.items():
        name = parameter.removesuffix("s")
        if name not in FORMS:
            continue
        for each in value if isinstance(value, list) else [value]:
            if not _PATTERNS[name].fullmatch(str(each)):
                code = OTHERWISE.get((action, name), FORMS[name][1])
                raise Refusal(code, f'Invalid id: "{each}"')
