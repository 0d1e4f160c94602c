"""The traffic that a question asks about: `tcp/22`, `tcp/1024-2000`, `udp/53`, `icmp`, `all`.

In: a word. Out: `Traffic`. The same words stand in the tag `peerkeeper:expect`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

HIGHEST_PORT = 65_535
_WORD = re.compile(r"(tcp|udp)/([0-9]{1,5})(?:-([0-9]{1,5}))?")
FORMS = "tcp/22, tcp/1024-2000, udp/53, icmp or all"


class Protocol(StrEnum):
    """What is asked for."""

    TCP = "tcp"
    UDP = "udp"
    ICMP = "icmp"
    """A ping: an echo request there, and an echo reply back, by the ICMP of the address family."""
    ALL = "all"
    """Every protocol, port and type."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """A protocol and the server's ports, both included; the ports count only for TCP and UDP."""

    protocol: Protocol
    first: int = 0
    last: int = HIGHEST_PORT

    @property
    def has_ports(self) -> bool:
        """Tell whether the question names ports."""
        return self.protocol in (Protocol.TCP, Protocol.UDP)

    def covers(self, protocol: Protocol, port: int) -> bool:
        """Tell whether the words ask for this port of this protocol."""
        if self.protocol is Protocol.ALL:
            return True
        return self.protocol is protocol and self.first <= port <= self.last

    def __str__(self) -> str:
        """Return the word that asks for it."""
        if not self.has_ports:
            return self.protocol.value
        last = f"-{self.last}" if self.last != self.first else ""
        return f"{self.protocol.value}/{self.first}{last}"


def traffic(word: str) -> Traffic:
    """Return the traffic that a word asks for.

    Raises ValueError, with the forms that count, for any other word.
    """
    if word in (Protocol.ICMP, Protocol.ALL):
        return Traffic(Protocol(word))
    found = _WORD.fullmatch(word)
    if found:
        first = int(found[2])
        last = int(found[3] or first)
        if first <= last <= HIGHEST_PORT:
            return Traffic(Protocol(found[1]), first, last)
    raise ValueError(f"{word!r} is no traffic; write {FORMS}")
