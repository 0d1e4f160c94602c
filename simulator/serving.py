"""Whether a route table serves a subnet. In: a place, a table. Out: yes or no."""

from __future__ import annotations

from simulator.rows import Place, Table


def serves(place: Place, table: Table) -> bool:
    """Whether a subnet uses the table, and no gateway does. A VPC without subnets uses its main one."""
    used = table.subnet_ids or (table.main and _uses_main(place, table.vpc_id))
    return bool(used) and not table.gateway_ids


def _uses_main(place: Place, vpc_id: str) -> bool:
    subnets = {subnet.id for subnet in place.subnets.values() if subnet.vpc_id == vpc_id}
    own = {subnet for table in place.tables.values() for subnet in table.subnet_ids}
    return not subnets or bool(subnets - own)
