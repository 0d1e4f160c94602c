"""Tags that a call gives to what it makes. In: the call's name and parameters. Out: nothing, or a Refusal."""

from collections.abc import Iterator, Mapping
from typing import Any

from peerkeeper_local.semantics.filters import kebab
from peerkeeper_local.semantics.limits import Limits
from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.tags import check_tags, tags_from

CREATE = "Create"
_ATTACHMENT, _IMAGE, _RULE = (
    ("transit-gateway-attachment",),
    ("image", "snapshot"),
    "security-group-rule",
)
MADE: Mapping[str, tuple[str, ...]] = {
    "AllocateAddress": ("elastic-ip",),
    "AllocateHosts": ("dedicated-host",),
    "AuthorizeSecurityGroupEgress": (_RULE,),
    "AuthorizeSecurityGroupIngress": (_RULE,),
    "CopyImage": _IMAGE,
    "CopySnapshot": ("snapshot",),
    "CreateFleet": ("fleet", "instance", "network-interface", "spot-instances-request", "volume"),
    "CreateFlowLogs": ("vpc-flow-log",),
    "CreateImage": _IMAGE,
    "CreateManagedPrefixList": ("prefix-list",),
    "CreateNatGateway": ("natgateway",),
    "CreateSnapshots": ("snapshot",),
    "CreateTransitGatewayPeeringAttachment": _ATTACHMENT,
    "CreateTransitGatewayVpcAttachment": _ATTACHMENT,
    "CreateVpcEndpointServiceConfiguration": ("vpc-endpoint-service",),
    "ImportKeyPair": ("key-pair",),
    "RegisterImage": _IMAGE,
    "RequestSpotInstances": ("spot-instances-request",),
    "RunInstances": (
        *("elastic-gpu", "instance", "network-interface", "spot-instances-request", "volume"),
    ),
}
"""What a call tags, where its name does not say it. Source: EC2 API, ResourceType."""


def taggable(action: str) -> tuple[str, ...]:
    """Return the types of resources that a call may tag; empty for a call that is not known to tag."""
    if action in MADE:
        return MADE[action]
    return (kebab(action.removeprefix(CREATE)),) if action.startswith(CREATE) else ()


def check_new_tags(action: str, sent: Mapping[str, Any], limits: Limits) -> None:
    """Raise Refusal if something is to be made with tags that EC2 does not take.

    Source: observed (another type of resource, a key that is sent twice).
    """
    types = taggable(action)
    for kind, tags in _by_type(sent):
        if types and kind not in types:
            raise Refusal(
                "InvalidParameterValue",
                f"'{kind}' is not a valid taggable resource type for this operation.",
            )
        check_tags(tags_from(tags), (), limits)


def _by_type(sent: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    """Yield each type of resource that is named, with all the tags for it."""
    specifications = sent.get("TagSpecifications") or sent.get("TagSpecification") or []
    kinds = dict.fromkeys(each["ResourceType"] for each in specifications if "ResourceType" in each)
    for kind in kinds:
        named = (each for each in specifications if each.get("ResourceType") == kind)
        yield kind, [tag for each in named for tag in each.get("Tags") or ()]
