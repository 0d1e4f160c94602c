"""How an IPv6 block comes to a VPC. In: when it was asked for, and a moment. Out: what is shown of it.

EC2 answers `associating`, without the block, and a describe shows `associated` a little later.
Source: VPC User Guide, VPC CIDR blocks (states); observed (what is missing meanwhile).
"""

from collections.abc import Mapping
from typing import Any

from peerkeeper_local.semantics.limits import Moment

Document = dict[str, Any]
ASSOCIATING = {"State": "associating"}


def settled(asked: float | None, moment: Moment) -> bool:
    """Whether a block that was asked for then is associated now. None stands for long ago."""
    return asked is None or moment.now >= asked + moment.delays.associating


def on_its_way(association: Mapping[str, Any]) -> Document:
    """Return an IPv6 association as it is shown before it is settled."""
    kept = {key: value for key, value in association.items() if key != "Ipv6CidrBlock"}
    return {**kept, "Ipv6CidrBlockState": ASSOCIATING}
