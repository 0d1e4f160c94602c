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
    "NetworkAclId": ("acl", "InvalidNetworkAclId.Malformed"),
    "NetworkInterfaceId": ("eni", "InvalidNetworkInterfaceId.Malformed"),
    "InstanceId": ("i", "InvalidInstanceID.Malformed"),
    "VpcPeeringConnectionId": ("pcx", "InvalidVpcPeeringConnectionId.Malformed"),
    "VpcEndpointId": ("vpce", "InvalidVpcEndpointId.Malformed"),
    "PrefixListId": ("pl", "InvalidPrefixListId.Malformed"),
    "DestinationPrefixListId": ("pl", "InvalidPrefixListId.Malformed"),
    "NatGatewayId": ("nat", "NatGatewayMalformed"),
}
# Single calls that have codes of their own: prefix, code, words. Source: observed (tests of the ACK
# controller for EC2, on AWS).
OWN_FORMS = {
    ("CreateVpcEndpoint", "VpcId"): ("vpc", "InvalidVpcId.Malformed", "Invalid Id: '{}'"),
    ("CreateNatGateway", "SubnetId"): (
        *("subnet", "InvalidSubnet", "The subnet ID '{}' is malformed"),
    ),
    ("CreateNatGateway", "AllocationId"): (
        *("eipalloc", "InvalidElasticIpID.Malformed", "The elastic-ip ID '{}' is malformed"),
    ),
}
_PATTERNS = {name: re.compile(f"{prefix}-[0-9a-f]+") for name, (prefix, _) in FORMS.items()}


def check_ids(sent: Mapping[str, Any], action: str = "") -> None:
    """Raise Refusal if an id in `sent` lacks its prefix or has more than hexadecimal digits.

    `sent` are the parameters of `action`: few actions have their own code. How many digits is not
    looked at: EC2 makes 17, or 8 once. Source: EC2 errors; text observed.
    """
    for (call, parameter), (prefix, code, words) in OWN_FORMS.items():
        own = sent.get(parameter) if call == action else None
        if own is not None and not re.fullmatch(f"{prefix}-[0-9a-f]+", str(own)):
            raise Refusal(code, words.format(own))
    for parameter, value in sent.items():
        name = parameter.removesuffix("s")
        if name not in FORMS:
            continue
        for each in value if isinstance(value, list) else [value]:
            if not _PATTERNS[name].fullmatch(str(each)):
                raise Refusal(FORMS[name][1], f'Invalid id: "{each}"')
