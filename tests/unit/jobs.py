"""The functions' jobs run on a world in memory, for tests of the loop and of what it leaves."""

from peerkeeper.looks.clean import CleanLook
from peerkeeper.looks.connect import ConnectLook
from peerkeeper.looks.sweep import SweepLook
from peerkeeper.reconcile import Job, reconcile
from peerkeeper.rules import RULES, acceptance, dns_resolution, routes, stale_routes
from peerkeeper.scope import Function, Hint, Scope
from peerkeeper.trouble import Meaning, Trouble

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    peering,
    settings,
    table,
    vpc,
)
from tests.truth import Forever, in_order

CONNECT = Job(Function.CONNECT, ConnectLook(), (acceptance, routes, dns_resolution, stale_routes))
CLEAN = Job(Function.CLEAN, CleanLook(), (stale_routes,))
SWEEP = Job(Function.SWEEP, SweepLook(), RULES)
CREATED = Scope(frozenset({Hint(SEOUL, PCX, SEOUL_VPC), Hint(TOKYO, PCX, TOKYO_VPC)}))
BOTH = (vpc(), vpc(SEOUL), table(), table(SEOUL))
PENDING = (
    peering(status="pending-acceptance"),
    peering(SEOUL, "pending-acceptance"),
    *BOTH,
)
PASSING = Trouble(Meaning.PASSING, "RequestLimitExceeded", "slow down", "CreateRoute")
DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "CreateRoute")


def run(world, job=CONNECT, *scopes, clock=None, **changed):
    return reconcile(
        scopes or [CREATED],
        settings(**changed),
        world,
        job,
        clock=clock or Forever(),
        gather=in_order,
    )


def kinds(report):
    return sorted(type(outcome.change).__name__ for outcome in report.outcomes)
