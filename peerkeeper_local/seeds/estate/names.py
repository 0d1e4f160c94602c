"""Names that people and machines stumble over. In: a VPC's key. Out: the value of its tag `Name`.

EC2 takes any text of up to 256 characters as a value. Most control characters have no place in XML, in which
EC2 answers: here are those that have.
"""

from __future__ import annotations

LONG = ("games-" + "very-long-" * 25)[:255]
HOSTILE = {
    "lab-1": "<img src=x onerror=alert(1)>",
    "lab-2": "[red]x[/red] [link=https://example.com]y[/link]",
    "lab-3": "vpc-12345678",
    "ml-lab": "line\none\ttab\u0085next\u202egnitirw",
    "ml-serve": "pcx-0a1b2c3d4e5f60718",
    "games": LONG,
    "office-tokyo": "東京オフィス 🗼 café ñandú",
    "media": "\"'; DROP TABLE vpcs; -- ${HOME} $(id) {{7*7}} %s",
    "archive": "   ",
    "acquired": "payments-prod",
}
"""By key. The last is another VPC's name."""
NAMELESS = ("hr", "telemetry")
"""VPCs without the tag."""
PEERINGS = (
    "</script><script>alert(2)</script>",
    "[bold]not bold[/bold] \\[x]",
    "pcx-12345678",
    "한국 ↔ 日本 🌉",
    "peering-" * 31,
    "a|b;c,d\te\nf",
)
"""Names of peerings: the first six that are routed by hand have them."""


def name_of(key: str) -> str | None:
    """Return the value of `Name`; None for a VPC that has no such tag."""
    return None if key in NAMELESS else HOSTILE.get(key, key)
