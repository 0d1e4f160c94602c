"""Who refused a call, by the words of AWS, and what lets it through.

In: the trouble of a call that was denied, where, the hub's account. Out: `Refuser`; the way out, in words.

    the words name                who refused                  the way out
    identity-based policy, no     our role lacks the right     deploy the stack of this version there
    identity-based policy, deny   a Deny of our role           take the Deny away
    permissions boundary          the boundary of our role     let the boundary allow it
    session policy                who narrowed the session     let the session policy allow it
    service or resource control   the organization             its owner alone; or the region out of Regions,
      policy                                                   the account out of Accounts
    any other, or none            not said                     grant it, or the region out of Regions

AWS names one kind of policy, if several refuse as well: `because no KIND allows`, `with an explicit deny in
a KIND`, and the policy's ARN may follow. EC2 adds an encoded message. It differs each time and is as long as
a page, so it is left out of the words.
Source: IAM User Guide, troubleshoot access denied error messages; EC2 API reference, UnauthorizedOperation.
"""

from __future__ import annotations

import re
from enum import StrEnum

from peerkeeper.values.ec2 import Location
from peerkeeper.values.trouble import ASSUME_ROLE, Trouble

BOUNDARY_FILE = "docs/policies/boundary-peerkeeper.json"
KIND = (
    "(identity-based policy|permissions boundary|session policy|service control policy|"
    "resource control policy)"
)
LACKS = re.compile(rf"\bbecause no {KIND} allows\b")
DENIES = re.compile(rf"\bwith an explicit deny in (?:an?|the) {KIND}\b")
ENCODED = re.compile(r"\.? *Encoded authorization failure message: *([\w-]+)\.?")


class Refuser(StrEnum):
    """Who said no."""

    ROLE = "our role lacks the right"
    ROLE_DENIES = "a Deny in a policy of our role forbids it"
    BOUNDARY = "the permissions boundary of our role does not allow it"
    SESSION = "a session policy narrows the session of our role"
    CONTROL = "a service control policy of the organization forbids it"
    RESOURCE_CONTROL = "a resource control policy of the organization forbids it"
    UNSAID = "AWS does not say who refused"


BY_ORGANIZATION = frozenset({Refuser.CONTROL, Refuser.RESOURCE_CONTROL})
BY_KIND = {
    "permissions boundary": Refuser.BOUNDARY,
    "session policy": Refuser.SESSION,
    "service control policy": Refuser.CONTROL,
    "resource control policy": Refuser.RESOURCE_CONTROL,
}


def refuser(message: str) -> Refuser:
    """Return who refused, as far as the words of AWS say it."""
    denies = DENIES.search(message)
    found = denies or LACKS.search(message)
    if not found:
        return Refuser.UNSAID
    own = Refuser.ROLE_DENIES if denies else Refuser.ROLE
    return BY_KIND.get(found[1], own)


def without_code(message: str) -> str:
    """Return the words of AWS without the encoded message."""
    return ENCODED.sub("", message)


OF_ZONES = ("ListHostedZones", "ListTagsForResources", "GetHostedZone", "ListHostedZonesByVPC")
SERVICE_OF = {
    ASSUME_ROLE: "sts",
    **dict.fromkeys(OF_ZONES, "route53"),
    "ListServiceQuotas": "servicequotas",
    "GetAWSDefaultServiceQuota": "servicequotas",
}
"""How IAM spells the service of an action; of all others it is EC2."""
ASKED_FOR_BY = {
    "AcceptVpcPeeringConnection": "Mode and AllowedAccounts",
    "DescribeStaleSecurityGroups": "StaleGroupRules",
    "DescribeSecurityGroupRules": "StaleGroupRules",
    "DescribeNetworkInterfaces": "Reachability",
    "DescribeSecurityGroups": "Reachability and Endpoints",
    "DescribeNetworkAcls": "Reachability",
    "ListServiceQuotas": "QuotaCheck",
    "GetAWSDefaultServiceQuota": "QuotaCheck",
    **dict.fromkeys(OF_ZONES, "PrivateZones"),
    "DescribeVpcEndpoints": "Endpoints",
    "ModifyVpcEndpoint": "Mode and Endpoints",
    "ModifyVpcAttribute": "Mode and VpcDns",
    "ModifySubnetAttribute": "Mode and SubnetPublicIp",
}
"""Parameters that give an action to a role, in the spoke as in the hub; of all others it is Mode.

A spoke's AllowedAccounts limits whose requests its role may accept. IAM then says that no policy allows it.
"""


def to_grant(trouble: Trouble) -> str:
    """Return the action that failed, as IAM spells it."""
    return f"{SERVICE_OF.get(trouble.action, 'ec2')}:{trouble.action}"


def way_out(trouble: Trouble, where: Location, hub: str) -> str:
    """Return who refused and what lets the call through, in words. `hub`: the hub's account."""
    action = to_grant(trouble)
    who = refuser(trouble.message)
    match who:
        case Refuser.ROLE if where.account_id == hub:
            return f"{who}; grant {action} there: deploy template.yaml of this version again"
        case Refuser.ROLE:
            as_hub = ASKED_FOR_BY.get(trouble.action, "Mode")
            return (
                f"{who}; grant {action} there: deploy spoke.yaml of this version again, with {where.region} "
                f"in its Regions and the hub's {as_hub}"
            )
        case Refuser.ROLE_DENIES:
            return f"{who}; remove that Deny of {action}"
        case Refuser.BOUNDARY:
            return f"{who}; allow {action} in that boundary, as {BOUNDARY_FILE} does"
        case Refuser.SESSION:
            return f"{who}; allow {action} in that session policy"
        case Refuser.CONTROL | Refuser.RESOURCE_CONTROL:
            shut = f"if the policy closes {where.region}, remove the region from Regions"
            if trouble.action == ASSUME_ROLE:
                shut = "or remove the account from Accounts"
            return (
                f"{who}, and only an administrator of the organization can allow {action}; {shut}"
            )
        case Refuser.UNSAID:
            return f"grant {action} there, or remove the region from Regions{_how_to_read(trouble)}"


def _how_to_read(trouble: Trouble) -> str:
    """Return the command that reads an encoded message, where there is one."""
    found = ENCODED.search(trouble.message)
    if not found:
        return ""
    command = f"aws sts decode-authorization-message --encoded-message {found[1]}"
    return f"; to see who refused, run with credentials of that account: {command}"
