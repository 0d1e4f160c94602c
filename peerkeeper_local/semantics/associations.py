"""Which route table a subnet or a gateway may have. In: tables and ids. Out: nothing, or a Refusal.

A gateway's table is called an edge table here. Never associates anything.
"""

from collections.abc import Iterable

from peerkeeper_local.semantics.refusal import Refusal
from peerkeeper_local.semantics.routes import EDGE_TARGETS, Table, within_the_vpc


def check_one_table(table_id: str, other: str | None) -> None:
    """Raise Refusal if what is to be associated has a table already, another one.

    Source: EC2 errors (Resource.AlreadyAssociated); text observed.
    """
    if other not in (None, table_id):
        raise Refusal(
            "Resource.AlreadyAssociated",
            f"the specified association for route table {table_id} "
            "conflicts with an existing association",
        )


WORDS = {
    "subnet": "subnet",
    "rtbassoc": "association",
    # A NAT gateway and an instance are where their interface is.
    **dict.fromkeys(("eni", "i", "nat"), "interface"),
}


def check_same_vpc(table: Table, subject: str, vpc_ids: Iterable[str]) -> None:
    """Raise Refusal unless `subject`, a subnet, gateway, interface or association, is of the table's VPC.

    `vpc_ids`: where it is; empty for a detached gateway. Source: observed (gateways, interfaces),
    assumed of the others.
    """
    if table.vpc_id not in tuple(vpc_ids):
        what = WORDS.get(subject.partition("-")[0], "network gateway")
        raise Refusal(
            "InvalidParameterValue",
            f"route table {table.id} and {what} {subject} belong to different networks",
        )


def check_edge(table: Table) -> None:
    """Raise Refusal unless `table` may become a gateway's: it routes the VPC's own addresses only.

    Source: VPC User Guide, gateway route tables; the code is assumed.
    """
    for route in table.routes:
        allowed = route.target.kind in EDGE_TARGETS and within_the_vpc(table, route.destination)
        if not (route.local or allowed):
            raise Refusal(
                "InvalidParameterValue",
                f"{table.id} cannot be associated with a gateway: "
                f"it has a route to {route.destination} through {route.target.id}.",
            )


def check_disassociate(association_id: str, main: bool) -> None:
    """Raise Refusal if the association is the main one: that can only be replaced. Observed."""
    if main:
        raise Refusal(
            "InvalidParameterValue",
            f"cannot disassociate the main route table association {association_id}",
        )
