"""The bridges of this machine that lead only to its own containers. In: nothing. Out: their IPv4 addresses.

Linux only; elsewhere engines have no bridge on the host, so there is none to name. Source: Linux, sysfs of
network devices; netdevice(7).
"""

from __future__ import annotations

import socket
import struct
import sys
from pathlib import Path

DEVICES = Path("/sys/class/net")
SIOCGIFADDR = 0x8915
"""Source: Linux, sockios.h."""


def bridge_addresses() -> frozenset[str]:
    """Return the address of each bridge that no hardware is part of: others do not reach it by wire."""
    if sys.platform != "linux":
        return frozenset()
    names = [each.parent.name for each in DEVICES.glob("*/bridge")]
    return frozenset(filter(None, (_address(name) for name in names if not wired(DEVICES, name))))


def wired(devices: Path, bridge: str) -> bool:
    """Whether a member of the bridge is hardware, so that the bridge is part of a network outside."""
    return any((devices / port.name / "device").exists() for port in _ports(devices / bridge))


def _ports(bridge: Path) -> list[Path]:
    return list((bridge / "brif").glob("*"))


def _address(device: str) -> str:
    """Return the IPv4 address of a device; empty if it has none."""
    if sys.platform != "linux":
        return ""
    from fcntl import ioctl  # noqa: PLC0415 - there is none on Windows

    asked = struct.pack("256s", device.encode()[:15])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            reply = ioctl(any_socket.fileno(), SIOCGIFADDR, asked)
        except OSError:
            return ""
    return socket.inet_ntoa(reply[20:24])
