"""The guard refuses what breaks a promise, whatever the planner said: each kind x each violation."""

from dataclasses import dataclass

import pytest
from peerkeeper.safety.guard import refusal
from peerkeeper.values.changes import (
    KINDS,
    AddEndpointTable,
    EnablePrivateDns,
    TagStatus,
    _Change,
)
from peerkeeper.values.tags import Status

from tests.builders import PCX, TOKYO, peering, route, settings, snapshot
from tests.unit.safety.guard_cases import CASES, HELD, also
from tests.unit.safety.guard_violations import HARMLESS, VIOLATIONS

# The promise that is broken; `-`: this kind cannot break one that way, and passes.
TABLE = """
violation                               accept create delete option support names ip-on ip-off held over ok
the function has no right to it         S5     S5     S5     S5     S5      S5    S5    S5     S5   S5   S5
it has the right to every other kind    S5     S5     S5     S5     S5      S5    S5    S5     S5   S5   S5
the location is not configured          S5     S5     S5     S5     S5      S5    S5    S5     S5   S5   S5
mode observe                            S6     S6     S6     S6     S6      S6    S6    S6     S6   S6   S6
mode add-only                           -      -      S6     -      -       -     -     S6     -    -    -
nothing was read                        S1     S5     S2     S5     S5      S5    S5    S5     S5   S5   S5
the peering was not read                S1     S5     S2     S5     -       -     -     -      S5   S5   S5
the VPC was not read                    S1     S5     S2     S5     S5      S5    S5    S5     -    -    -
the table was not read                  -      S5     S2     -      -       -     S8    S8     -    -    -
the subnet was not read                 -      -      -      -      -       -     S5    S5     -    -    -
it is being requested                   S1     S5     S2     S5     -       -     -     -      S5   S5   S5
it is pending                           -      S5     S2     S5     -       -     -     -      -    S5   S5
it is provisioning                      S1     -      S2     S5     -       -     -     -      S5   S5   -
it is active                            S1     -      S2     -      -       -     -     -      S5   S5   -
it is being deleted                     S1     S5     S2     S5     -       -     -     -      S5   S5   S5
its status is unknown to us             S1     S5     S2     S5     -       -     -     -      S5   S5   S5
it is deleted                           S1     S5     -      S5     -       -     -     -      S5   S5   S5
it is rejected                          S1     S5     -      S5     -       -     -     -      S5   S5   S5
it failed                               S1     S5     -      S5     -       -     -     -      S5   S5   S5
it expired                              S1     S5     -      S5     -       -     -     -      S5   -    S5
the other side saw it end               S1     S5     -      S5     -       -     -     -      S5   -    S5
the peer's account is not allowed       S1     S1     -      S1     -       -     -     -      -    -    -
no tag of ours agrees                   S1     S1     -      S1     -       -     -     -      -    -    -
our tag names another account           S1     S1     -      S1     -       -     -     -      -    -    -
the requester approved itself           S1     -      -      -      -       -     -     -      -    -    -
the VPC is exempt                       S1     S5     S2     S5     S5      S5    S5    S5     -    -    -
the VPC is another account's            -      -      -      -      S5      S5    -     -      -    -    -
the table is exempt                     -      S5     S2     -      -       -     -     -      -    -    -
the table takes another peering's alone -      S5     -      -      -       -     -     -      -    -    -
the table takes no routes               -      S5     S2     -      -       -     -     -      -    -    -
the table is another account's          -      S5     S2     -      -       -     -     -      -    -    -
the table is a gateway's                -      S5     S2     -      -       -     -     -      -    -    -
the table's VPC is no side              -      S5     -      -      -       -     S8    S8     -    -    -
the VPC is an account's sorted before   -      -      -      -      S5      S5    -     -      -    -    -
the table is an account's sorted before -      S5     S2     -      -       -     -     -      -    -    -
the subnet is an account's sorted before -      -      -      -      -       -     S5    S5     -    -    -
the subnet is exempt                    -      -      -      -      -       -     S5    S5     -    -    -
the subnet is another account's         -      -      -      -      -       -     S5    S5     -    -    -
our side is elsewhere                   S1     S5     -      S5     -       -     -     -      S5   S5   S5
our side is another VPC                 S1     S5     -      S5     -       -     -     -      -    -    -
our side is elsewhere, sorted before    S1     S5     -      S5     -       -     -     -      S5   S5   S5
our side is a VPC sorted before         S1     S5     -      S5     -       -     -     -      -    -    -
it is the peer's side                   -      -      -      S5     -       -     -     -      -    -    -
it would be charged for                 S1     -      -      -      -       -     -     -      -    -    -
the VPCs overlap                        S1     S4     -      -      -       -     -     -      -    -    -
the network is not allowed              S1     S4     -      -      -       -     -     -      -    -    -
only the peer's second network is allowed S1     -      -      -      -       -     -     -      -    -    -
the network is a default route          -      S4     -      -      -       -     -     -      -    -    -
the network is shown nowhere            S1     S4     -      -      -       -     -     -      -    -    -
the network is not the peer's           -      S4     -      -      -       -     -     -      -    -    -
our tag names another network           -      S4     -      -      -       -     -     -      -    -    -
our tag names a wider network           -      S4     -      -      -       -     -     -      -    -    -
our tag on the peering is faulty        -      S4     -      -      -       -     -     -      -    -    -
its subnets do not fill it              -      S4     -      -      -       -     -     -      -    -    -
by RouteScope, its subnets do not fill it -      S4     -      -      -       -     -     -      -    -    -
the network is IPv6, which is off       -      S4     -      -      -       -     -     -      -    -    -
a NAT gateway holds it                  -      S3     S3     -      -       -     -     -      -    -    -
another peering holds it                -      S3     S3     -      -       -     -     -      -    -    -
the VPC's own route holds it            -      S3     S3     -      -       -     -     -      -    -    -
it was propagated                       -      S3     S3     -      -       -     -     -      -    -    -
this peering holds it                   -      S3     -      -      -       -     -     -      -    -    -
no route holds it                       -      -      S3     -      -       -     -     -      -    -    -
it holds a network sorted before        -      -      S3     -      -       -     -     -      -    -    -
it holds a network sorted after         -      -      S3     -      -       -     -     -      -    -    -
others are gone, this one is not        S1     -      S2     -      -       -     -     -      S5   S5   -
a wider route holds it                  -      S3     -      -      -       -     -     -      -    -    -
a wider route, its target sorted before -      S3     -      -      -       -     -     -      -    -    -
a wider one to a peering not read       -      S3     -      -      -       -     -     -      -    -    -
a wider one to a live peering           -      S3     -      -      -       -     -     -      -    -    -
the target is no peering                -      S3     S3     -      -       -     -     -      -    -    -
absent once                             -      -      S2     -      -       -     -     -      -    -    -
absent twice, the route is active       -      -      S2     -      -       -     -     -      -    -    -
absent twice, peerings half read        -      -      S2     -      -       -     -     -      -    -    -
absent twice, tables half read          -      -      S2     -      -       -     -     -      -    -    -
absent before, and there again          -      -      S2     -      -       -     -     -      -    -    -
no tag of ours says anything            S1     S1     -      S1     S8      S8    S8    S8     -    -    -
its DNS is to be left                   -      -      -      S8     S8      S8    -     -      -    -    -
its DNS tag is faulty                   -      -      -      S8     S8      S8    -     -      -    -    -
VpcDns is leave                         -      -      -      -      S8      S8    -     -      -    -    -
its public IPs are to be left           -      -      -      -      -       -     S8    S8     -    -    -
a slip says to leave its public IPs     -      -      -      -      -       -     S8    S8     -    -    -
a slip alone asks for settings          S1     S1     -      S1     S8      S8    S8    S8     -    -    -
SubnetPublicIp is leave                 -      -      -      -      -       -     S8    S8     -    -    -
SubnetPublicIp is off-where-private     -      -      -      -      -       -     S8    -      -    -    -
SubnetPublicIp is never                 -      -      -      -      -       -     S8    -      -    -    -
no earlier look saw the subnet          -      -      -      -      -       -     S8    S8     -    -    -
the earlier look saw another table      -      -      -      -      -       -     S8    S8     -    -    -
the main table was not surely read      -      -      -      -      -       -     S8    S8     -    -    -
the earlier look was elsewhere          -      -      -      -      -       -     S8    S8     -    -    -
the earlier look saw another subnet     -      -      -      -      -       -     S8    S8     -    -    -
the earlier look saw a way out          -      -      -      -      -       -     -     S8     -    -    -
the earlier look saw no way out         -      -      -      -      -       -     S8    -      -    -    -
"""
HEAD, *ROWS = [line.rsplit(maxsplit=11) for line in TABLE.splitlines() if line]
CELLS = {
    (name, kind): None if code == "-" else code
    for name, *codes in ROWS
    for kind, code in zip(HEAD[1:], codes, strict=True)
}


def test_the_table_has_every_violation_and_every_kind():
    assert set(CELLS) == {(name, kind) for name in VIOLATIONS for kind in CASES}
    apart = {AddEndpointTable, EnablePrivateDns}  # see test_endpoint_guard
    assert {type(one.change) for one in CASES.values()} == set(KINDS) - apart


@pytest.mark.parametrize(("violation", "kind"), CELLS)
def test_the_guard_refuses(violation, kind):
    spoilt = VIOLATIONS[violation](CASES[kind])
    assert spoilt.code() == spoilt.anew().code() == CELLS[violation, kind]


@pytest.mark.parametrize("harmless", HARMLESS)
@pytest.mark.parametrize("kind", CASES)
def test_each_kind_passes_where_nothing_is_violated(harmless, kind):
    one = HARMLESS[harmless](CASES[kind])
    assert one.code() is one.anew().code() is None


@pytest.mark.parametrize("beside", [route("10.39.0.0/16", "vgw-1", static=False), HELD])
def test_a_stale_route_may_go_whatever_propagated_route_stands_beside_it(beside):
    assert also(beside)(CASES["delete"]).code() is None


def test_a_kind_of_change_that_the_guard_does_not_know_is_never_let_through():
    @dataclass(frozen=True, slots=True)
    class Odd(_Change):
        pass

    with pytest.raises(AssertionError):
        refusal(Odd(TOKYO, reason=""), snapshot(), settings(), frozenset({Odd}))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("initiating-request", set()),
        ("pending-acceptance", {"held", "expiring"}),
        ("provisioning", {"not-carrying", "ok"}),
        ("active", {"not-carrying", "ok"}),
        ("deleting", set()),
        ("deleted", set()),
        ("rejected", set()),
        ("failed", set()),
        ("expired", {"expired"}),
        ("unknown", set()),
    ],
)
def test_of_a_peering_is_said_only_what_can_be_so(status, said):
    seen = snapshot(peering(status=status))
    changes = [TagStatus(TOKYO, PCX, one, reason="") for one in Status]
    rights = frozenset({TagStatus})
    let = [one.status for one in changes if not refusal(one, seen, settings(), rights)]
    assert {one.value for one in let} == said
