"""The guard on changes of VPC endpoints: each kind x each way to spoil it."""

from dataclasses import replace

import pytest
from peerkeeper.safety.guard import refusal
from peerkeeper.safety.rights import RIGHTS
from peerkeeper.settings import Endpoints, Mode
from peerkeeper.values.changes import AddEndpointTable, EnablePrivateDns
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.scope import Function

from tests.builders import SEOUL, SEOUL_TABLE, SEOUL_VPC, THEM, route, settings, subnet, table, vpc
from tests.unit.planning.endpoints import (
    ALL,
    DNS_ON,
    ONE,
    OTHER,
    PRIVATE,
    gateway,
    interface,
    seen,
    to_s3,
)

OTHER_TABLE = "rtb-0a39a39a39a39a3ff"
ADD = AddEndpointTable(SEOUL, ONE, SEOUL_TABLE, reason="")
DNS = EnablePrivateDns(SEOUL, ONE, reason="")
KEEP = RIGHTS[Function.KEEP]


def code(change, *resources, rights=KEEP, others=(), names=True, lists=None, undone=(), **changed):
    """The promise that the change would break; None where the guard lets it through."""
    own = gateway(tags=PRIVATE) if change is ADD else interface(tags=DNS_ON)
    chosen = {k: changed.pop(k) for k in ("mode", "endpoints", "locations") if k in changed}
    shown = seen(
        *(resources or [table(SEOUL)]),
        endpoints=[replace(own, **changed), *others],
        dns_hostnames={} if names is None else {(SEOUL, SEOUL_VPC): names},
        **({} if lists is None else {"lists": lists}),
    )
    shown = replace(shown, done=shown.done - {*undone})
    said = refusal(change, shown, settings(**{"endpoints": Endpoints.KEEP, **chosen}), rights)
    return said and said[:2]


SLIP = tuple((key.title(), value) for key, value in (*PRIVATE, *DNS_ON))
BOTH = [
    ("S5", {"rights": RIGHTS[Function.CONFIGURE]}),
    ("S5", {"locations": frozenset()}),
    ("S6", {"mode": Mode.OBSERVE}),
    ("S9", {"endpoints": Endpoints.REPORT}),
    ("S9", {"endpoints": Endpoints.OFF}),
    ("S9", {"tags": ()}),
    ("S9", {"tags": SLIP}),
    ("S9", {"tags": (*PRIVATE, *DNS_ON, *SLIP)}),
    ("S5", {"id": OTHER}),
    ("S5", {"owner_id": THEM}),
    ("S5", {"state": "pending"}),
    ("S5", {"managed": True}),
    ("S5", {"kind": "gatewayloadbalancer"}),
    ("S5", {"vpc_id": "vpc-0a39a39a39a39a392"}),
    ("S9", {"undone": [Read(SEOUL, Describe.VPC_ENDPOINTS)]}),
]
TABLES = [
    ("S5", [table(SEOUL, id="rtb-0a39a39a39a39a309")]),
    ("S5", [table(SEOUL, owner_id=THEM)]),
    ("S5", [table(SEOUL, vpc_id="vpc-0a39a39a39a39a392")]),
    ("S5", [table(SEOUL, main=False)]),
    ("S5", [table(SEOUL, gateway_ids=("igw-1",))]),
    ("S5", [table(SEOUL, tags=(("peerkeeper:routes", "none"),))]),
    ("S5", [table(SEOUL, tags=(("peerkeeper:routes", "report"),))]),
    ("S5", [table(SEOUL, tags=(("peerkeeper:exempt", "true"),))]),
    ("S9", [table(SEOUL, route("0.0.0.0/0", "igw-1"))]),
    ("S9", [table(SEOUL, to_s3())]),
    ("S9", [table(SEOUL, to_s3(OTHER))]),
    ("S9", [table(SEOUL, to_s3("nat-1"))]),
    ("S5", [table(SEOUL), vpc(SEOUL, owner_id=THEM)]),
    ("S5", [table(SEOUL), vpc(SEOUL, tags=(("peerkeeper:exempt", "true"),))]),
]


@pytest.mark.parametrize("change", [ADD, DNS], ids=["table", "dns"])
@pytest.mark.parametrize(("promise", "spoilt"), BOTH)
def test_the_guard_refuses(change, promise, spoilt):
    assert code(change, **spoilt) == promise


@pytest.mark.parametrize(("promise", "resources"), TABLES)
def test_the_guard_refuses_a_table(promise, resources):
    assert code(ADD, *resources) == promise


def test_the_guard_refuses_a_table_that_another_endpoint_has_or_that_may_have_one():
    assert code(ADD, others=[gateway(OTHER, table_ids=(SEOUL_TABLE,))]) == "S9"
    assert code(ADD, table(SEOUL, to_s3("nat-1")), lists=()) == "S9"


def test_the_guard_refuses_a_main_table_that_perhaps_no_subnet_uses():
    own = table(SEOUL, id=OTHER_TABLE, main=False, subnet_ids=(subnet().id,))
    main = table(SEOUL)
    assert code(ADD, main) is None  # the VPC has no subnet yet
    assert code(ADD, main, own, subnet()) == "S5"
    assert code(ADD, main, subnet()) is None
    for unread in (Describe.SUBNETS, Describe.ROUTE_TABLES):
        assert code(ADD, main, undone=[Read(SEOUL, unread)]) == "S5"


def test_the_guard_refuses_private_dns_that_cannot_be():
    assert code(DNS, names=False) == "S9"
    assert code(DNS, names=None) == "S9"
    assert code(DNS, others=[interface(OTHER, private_dns=True)]) == "S9"
    assert code(DNS, private_dns=True) == "S9"


@pytest.mark.parametrize("mode", [Mode.ADD_ONLY, Mode.FULL])
def test_it_lets_through_what_the_tag_asks_for(mode):
    assert code(ADD, mode=mode) is None
    assert code(DNS, mode=mode) is None
    public = table(SEOUL, route("0.0.0.0/0", "igw-1"))
    assert code(ADD, public, tags=ALL) is None
    assert code(ADD, others=[gateway(OTHER, tags=ALL)]) is None
