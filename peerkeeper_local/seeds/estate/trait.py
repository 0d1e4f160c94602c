"""What is special about a VPC of the estate, or about a peering. Values only."""

from __future__ import annotations

from enum import StrEnum


class Trait(StrEnum):
    """What a VPC (the first nine) or a peering (the others) has; each may have several."""

    HOSTILE_NAME = "hostile-name"
    NAMELESS = "nameless"
    TERRAFORM = "terraform"
    EXEMPT = "exempt-vpc"
    TAG_FAULT = "vpc-tag-fault"
    DNS_ENFORCE = "dns-enforce"
    DNS_LEAVE = "dns-leave"
    HOST_NAMES_OFF = "host-names-off"
    PUBLIC_IP = "public-ip-enforce"
    DNS_BOTH = "dns-option-both-sides"
    DNS_ONE = "dns-option-one-side"
    HOSTILE_PEERING = "hostile-peering-name"
