"""What a user types for an end of traffic. In: text. Out: `Word`, or ValueError with the remedy.

| the text                                       | kind              |
|------------------------------------------------|-------------------|
| an id: `eni-`, `i-`, `subnet-`, `vpc-`         | what it is an id of |
| an IPv4 or IPv6 address                        | address           |
| a network, an id of anything else, or nothing  | ValueError        |
| anything else                                  | the tag `Name`    |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address

from peerkeeper.values.ec2 import Network, network

from peerkeeper_cli.page.shown import shown

ID = re.compile(r"([a-z]+)-(?:[0-9a-f]{8}|[0-9a-f]{17})")
MOST = 255
"""Characters of a tag's value. Source: EC2 User Guide, tag restrictions."""
MOST_SHOWN = 40
"""Characters of a name that are shown."""


class Kind(StrEnum):
    """What a word names, as EC2 calls the type of the resource in its tags."""

    INTERFACE = "network-interface"
    INSTANCE = "instance"
    SUBNET = "subnet"
    VPC = "vpc"
    ADDRESS = "address"
    NAME = "name"


KINDS = {"eni": Kind.INTERFACE, "i": Kind.INSTANCE, "subnet": Kind.SUBNET, "vpc": Kind.VPC}
FORMS = "an interface, an instance, a private address, a subnet, a VPC, or the value of a tag Name"


@dataclass(frozen=True, slots=True)
class Word:
    """One end, as it was typed."""

    kind: Kind
    text: str
    """An address in its shortest form; all else as it was typed."""

    @property
    def shown(self) -> str:
        """The text, as it may stand on a terminal."""
        return shown(self.text, MOST_SHOWN)

    @property
    def network(self) -> Network:
        """The address as a network of one. Raises ValueError where the word is no address."""
        return network(self.text)


def word(typed: str) -> Word:
    """Return what was typed. Raises ValueError for what cannot be an end of traffic."""
    text = typed.strip()
    found = ID.fullmatch(text)
    if found:
        if found[1] not in KINDS:
            raise ValueError(f"{text} is no end of traffic; name {FORMS}")
        return Word(KINDS[found[1]], text)
    try:
        return Word(Kind.ADDRESS, str(ip_address(text)))
    except ValueError:
        pass
    if _is_network(text):
        raise ValueError(f"{text} is a network, not an address; name the subnet by its id")
    if not text or len(text) > MOST:
        raise ValueError(f"a name has 1 to {MOST} characters; name {FORMS}")
    return Word(Kind.NAME, text)


def _is_network(text: str) -> bool:
    try:
        network(text)
    except ValueError:
        return False
    return True
