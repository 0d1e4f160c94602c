"""Scenarios of VPC endpoints: which tables one belongs in, and whether its private DNS is on.

In: nothing. Out: scenarios, by name. They are drawn apart from the grid, which stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.scenarios.scenario import BOTH, EVERYWHERE, GATEWAY, Scenario, Step, pair

KEEP = (*EVERYWHERE, ("Endpoints", "keep"))
S3, SSM = "s3", "ssm"
TABLES, PRIVATE_DNS = "peerkeeper:endpoint-tables", "peerkeeper:private-dns"
NET: tuple[Step, ...] = (
    *pair("tokyo"),
    *BOTH,
    (0, "table", "a2", "a", "10.1.1.0/24"),
    (0, "table", "a3", "a", "10.1.3.0/24"),
    (0, "route", "a3", "0.0.0.0/0", "GatewayId", GATEWAY),
)
ONE: tuple[Step, ...] = ((0, "endpoint", "e", "a", S3),)
TWO: tuple[Step, ...] = (*ONE, (0, "endpoint", "f", "a", S3), (0, "put", "f", "a2"))
INSIDE: tuple[Step, ...] = ((0, "inside", "i", "a", SSM), (0, "tag", "i", PRIVATE_DNS, "on"))


def _tagged(value: str, name: str = "e", key: str = TABLES) -> tuple[Step, ...]:
    return ((0, "tag", name, key, value),)


SHAPES: dict[str, tuple[tuple[Step, ...], tuple[tuple[str, str], ...]]] = {
    "private-tables": ((*NET, *ONE, *_tagged("private")), KEEP),
    "all-tables": ((*NET, *ONE, *_tagged("all")), KEEP),
    "untagged-endpoint": ((*NET, *ONE), KEEP),
    "slip-on-endpoint": (
        (*NET, *ONE, *_tagged("all", key="Peerkeeper:endpoint-tables"), *_tagged("public", "e")),
        KEEP,
    ),
    "anothers-table": ((*NET, *TWO, *_tagged("all")), KEEP),
    "both-want-it": ((*NET, *TWO, *_tagged("all"), *_tagged("private", "f")), KEEP),
    "table-of-others": (
        (*NET, *ONE, *_tagged("all"), *_tagged("none", "a2", "peerkeeper:routes")),
        KEEP,
    ),
    "exempt-endpoint": (
        (*NET, *ONE, *_tagged("all"), *_tagged("true", "a", "peerkeeper:exempt")),
        KEEP,
    ),
    "endpoint-observe": (
        (*NET, *ONE, *_tagged("all"), *INSIDE),
        (("Mode", "observe"), ("Endpoints", "keep")),
    ),
    "endpoint-add-only": (
        (*NET, *ONE, *_tagged("all"), *INSIDE),
        (("Mode", "add-only"), ("EnforceIn", "all"), ("Endpoints", "keep")),
    ),
    "private-dns": ((*NET, *INSIDE), KEEP),
    "untagged-private-dns": ((*NET, (0, "inside", "i", "a", SSM)), KEEP),
    "two-private-dns": (
        (*NET, *INSIDE, (0, "inside", "j", "a", SSM), *_tagged("on", "j", PRIVATE_DNS)),
        KEEP,
    ),
}
SCRIPTS: dict[str, tuple[Step, ...]] = {
    "nothing": (),
    "endpoint-later": ((5, "endpoint", "late", "a", S3), (5, "tag", "late", TABLES, "all")),
    "table-taken": ((30, "withdraw", "e", "a2"), (30, "withdraw", "e", "a2")),
    "new-table": ((10, "table", "a9", "a", "10.1.9.0/24"),),
    "way-out": ((1, "route", "a2", "0.0.0.0/0", "GatewayId", GATEWAY),),
    "tag-goes": ((1, "untag", "e", TABLES), (40, "tag", "e", TABLES, "all")),
    "names-off": ((1, "dns", "a", "EnableDnsHostnames", False), (40, "private", "i", False)),
}


def grid() -> Iterator[Scenario]:
    """Yield each script on each shape."""
    for shape, (start, parameters) in SHAPES.items():
        for script, steps in SCRIPTS.items():
            yield Scenario(f"{shape}/{script}", start, steps, parameters, 60.0)


WITH_ENDPOINTS = tuple(grid())
