"""Which IPv4 addresses a VPC and a subnet may have. In: CIDRs, canonical. Out: nothing, or a Refusal.

Never looks at what overlaps: that is `vpc_calls`. Source of the ranges: VPC User Guide, VPC CIDR blocks.
"""

from collections.abc import Iterable

from peerkeeper_local.semantics.networks import inside, network, overlap
from peerkeeper_local.semantics.refusal import Refusal

LARGEST, SMALLEST = 16, 28
NEVER = ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4")
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
RESERVED = "198.19.0.0/16"
"""Used by services of AWS: no further block of a VPC lies in it."""
DEFAULT = "172.31.0.0/16"
"""Of default VPCs: no further block of a VPC in 172.16.0.0/12 lies in it."""
FIRST_TEN, FIRST_TWO_TENS = "10.0.0.0/16", "10.0.0.0/15"
"""With any block from the second, a VPC gets none from the first."""


def check_vpc_block(cidr: str) -> None:
    """Raise Refusal unless a VPC may have this block: its size, and a range that is for networks.

    Source: VPC User Guide, VPC CIDR blocks. Code and text: observed (size), assumed (ranges).
    """
    never = any(overlap(cidr, each) for each in NEVER)
    if never or not _sized(cidr):
        raise Refusal("InvalidVpc.Range", f"The CIDR '{cidr}' is invalid.")


def check_subnet_block(cidr: str) -> None:
    """Raise Refusal unless a subnet may be this large. Source: EC2 API, CreateSubnet; text observed."""
    if not _sized(cidr):
        raise Refusal("InvalidSubnet.Range", f"The CIDR '{cidr}' is invalid.")


def check_further_block(cidr: str, primary: str, blocks: Iterable[str]) -> None:
    """Raise Refusal unless a VPC with this primary block may have `cidr` too; `blocks` are all it has.

    Source: VPC User Guide, IPv4 CIDR block association restrictions; text observed.
    """
    check_vpc_block(cidr)
    ours, theirs = _range(primary), _range(cidr)
    ten_taken = any(overlap(each, FIRST_TWO_TENS) for each in blocks)
    restricted = (
        (theirs in PRIVATE and theirs != ours)
        or (theirs == RESERVED and ours != RESERVED)
        or (overlap(cidr, DEFAULT) and ours == PRIVATE[1])
        or (overlap(cidr, FIRST_TEN) and ours == PRIVATE[0] and ten_taken)
    )
    if restricted:
        raise Refusal(
            "InvalidVpc.Range",
            f"The CIDR '{cidr}' is restricted. Use a CIDR from the same private address range as the "
            "current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see "
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
        )


def _range(cidr: str) -> str:
    """Return the private or reserved range that the block is in; empty for a public one."""
    return next((each for each in (*PRIVATE, RESERVED) if inside(cidr, each)), "")


def _sized(cidr: str) -> bool:
    return LARGEST <= network(cidr).prefixlen <= SMALLEST
