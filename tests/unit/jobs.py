"""The functions' jobs run on a world in memory, for tests of the loop and of what it leaves."""

from peerkeeper.loop.job import Job
from peerkeeper.loop.reconcile import reconcile
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.planning.rules.acceptance import acceptance
from peerkeeper.planning.rules.dns_resolution import dns_resolution
from peerkeeper.planning.rules.missing_routes import missing_routes
from peerkeeper.planning.rules.stale_routes import stale_routes
from peerkeeper.reading.clean import CleanReads
from peerkeeper.reading.connect import ConnectReads
from peerkeeper.reading.sweep import SweepReads
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.trouble import Meaning, Trouble

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

CONNECT = Job(
    Function.CONNECT, ConnectReads(), (acceptance, missing_routes, dns_resolution, stale_routes)
)
CLEAN = Job(Function.CLEAN, CleanReads(), (stale_routes,))
SWEEP = Job(Function.SWEEP, SweepReads(), RULES_OF[Function.SWEEP])
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
