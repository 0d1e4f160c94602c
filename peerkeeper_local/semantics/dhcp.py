"""Which set of DHCP options a VPC shows. In: what it was given. Out: an id, or the word for none."""

NONE = "default"
"""The word that AssociateDhcpOptions takes and DescribeVpcs shows for no set at all."""


def shown_options(given: str | None, none_wanted: bool, region: str) -> str:
    """Return the options of a VPC: its own set, else none if so wanted, else the Region's set.

    Source: EC2 API, AssociateDhcpOptions; VPC User Guide, DHCP option sets.
    """
    return given or (NONE if none_wanted else region)
