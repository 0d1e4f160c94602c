"""Who reaches the address that a served cloud listens on. In: addresses. Out: a warning, or nothing.

Pure except `resolved`, which asks the machine what a name means.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Sequence
from ipaddress import ip_address

MEANS = (
    "anyone who reaches it can change this cloud and run its functions, without a login. "
    "Let in only networks that you trust."
)


def warning(host: str, addresses: Sequence[str], bridges: Collection[str]) -> str:
    """Return what it means to listen on `host`; empty if only this machine and its containers come there.

    `addresses`: what `host` stands for. `bridges`: the addresses of this machine's bridges for containers.
    """
    for address in map(ip_address, addresses):
        if address.is_unspecified:
            narrow = f"containers need only {', '.join(sorted(bridges))}, " if bridges else ""
            return (
                f"{host} is every address of this machine, also for other machines: {MEANS} "
                f"Narrower: {narrow}this machine only 127.0.0.1."
            )
        if not address.is_loopback and str(address) not in bridges:
            return f"{host} is an address that other machines may reach: {MEANS}"
    return ""


def resolved(host: str) -> tuple[str, ...]:
    """Return the addresses that a name, or an address, stands for. Raises OSError for none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(where[0]).partition("%")[0] for *_, where in found))
