"""Changes rest on what was just read: after a wave that took long, a run reads once more before it writes."""

from dataclasses import replace

import pytest
from peerkeeper.loop.reconcile import OLD
from peerkeeper.loop.run import TWIN
from peerkeeper.values.changes import AcceptPeering, CreateRoute
from peerkeeper.values.reads import By, Describe
from peerkeeper.values.scope import Function, Hint, Scope
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import OLD_PCX, PCX, SEOUL, TOKYO, TOKYO_VPC, peering, snapshot, vpc
from tests.truth import Truth, in_order
from tests.unit.jobs import BOTH, CONNECT, PENDING, reconcile, settings

ASKED = Scope(frozenset({Hint(TOKYO, PCX, TOKYO_VPC)}))
TIMED_OUT = Trouble(Meaning.PASSING, "ReadTimeoutError", "no answer", "DescribeVpcs")


class Slowly:
    """A clock, and waves that take so many seconds each; after some waves something happens."""

    def __init__(self, *seconds: float) -> None:
        self.seconds = [*seconds]
        self.left = 600.0
        self.waves = 0
        self.after = {}

    def remaining(self):
        return self.left

    def gather(self, tasks):
        results = in_order(tasks)
        self.left -= self.seconds.pop(0) if self.seconds else 0.0
        self.waves += 1
        self.after.get(self.waves, lambda: None)()
        return results


def run(world, slowly):
    return reconcile(
        [ASKED], settings(), world, CONNECT, clock=slowly, gather=slowly.gather, now=0.0
    )


def withdraw(world):
    alone = vpc(tags=())
    world.now = replace(world.now, vpcs={**world.now.vpcs, (TOKYO, TOKYO_VPC): alone})


@pytest.mark.parametrize(("seconds", "accepted"), [(OLD, True), (OLD + 0.1, False), (30.0, False)])
def test_a_consent_that_was_withdrawn_while_calls_timed_out_lets_nothing_in(seconds, accepted):
    world, slowly = Truth(snapshot(*PENDING)), Slowly(seconds)
    slowly.after[1] = lambda: withdraw(world)
    run(world, slowly)
    assert any(isinstance(change, AcceptPeering) for change in world.made) is accepted


def test_what_is_still_so_is_done_two_waves_later():
    world, slowly = Truth(snapshot(*PENDING)), Slowly(30.0)
    report = run(world, slowly)
    assert {type(change) for change in world.made} >= {AcceptPeering, CreateRoute}
    quick = Slowly()
    run(Truth(snapshot(*PENDING)), quick)
    assert slowly.waves == quick.waves + 1
    assert report.hand_offs == ()


def test_what_could_not_be_read_is_not_asked_again():
    world, slowly = Truth(snapshot(*PENDING), {SEOUL: TIMED_OUT}), Slowly(30.0)
    run(world, slowly)
    asked = [read for read in world.read if read.location == SEOUL]
    assert asked
    assert len(asked) == len(set(asked))
    ours = [read for read in world.read if read[:3] == (TOKYO, Describe.VPCS, By.VPC)]
    assert len(ours) == 2
    assert any(isinstance(change, AcceptPeering) for change in world.made)


def test_if_every_wave_takes_long_the_changes_are_handed_off_and_not_made():
    world, slowly = Truth(snapshot(*PENDING)), Slowly(*[30.0] * 6)
    report = run(world, slowly)
    assert world.made == []
    (rest,) = [sent.hand_off for sent in report.hand_offs]
    assert (rest.function, rest.delay) == (Function.CONNECT, 10)
    assert PCX in {hint.id for hint in rest.scope.hints}


def test_a_run_that_has_written_goes_on_however_long_that_took():
    world, slowly = Truth(snapshot(*PENDING)), Slowly(0.0, 0.0, 60.0, 60.0)
    report = run(world, slowly)
    assert {type(change) for change in world.made} >= {AcceptPeering, CreateRoute}
    assert report.hand_offs == ()


def withdraw_and_ask_again(world):
    """The consent goes, and the peering too. After that somebody requests it again."""
    withdraw(world)
    ended, again = peering(status="deleted"), peering(status="pending-acceptance", id=OLD_PCX)
    both = {(TOKYO, PCX): ended, (TOKYO, OLD_PCX): again}
    world.now = replace(world.now, peerings={**world.now.peerings, **both})


def test_a_request_that_only_a_later_quick_wave_shows_does_not_profit_from_an_old_consent():
    passing = (peering(status="provisioning"), peering(SEOUL, "provisioning"), *BOTH)
    world, slowly = Truth(snapshot(*passing)), Slowly(30.0)
    slowly.after[1] = lambda: withdraw_and_ask_again(world)
    run(world, slowly)
    assert OLD_PCX in {pcx_id for _, pcx_id in world.now.peerings}
    assert {made.location for made in world.made} <= {SEOUL}


@pytest.mark.parametrize(("seconds", "let_in"), [(OLD, True), (30.0, False)])
def test_a_run_that_has_written_lets_no_peering_in_that_it_sees_only_after_a_long_wait(
    seconds, let_in
):
    twin = Trouble(Meaning.STATE, TWIN, "there is one", "AcceptVpcPeeringConnection")
    ours = AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="")
    world, slowly = Truth(snapshot(*PENDING), {ours: twin}), Slowly(0.0, 0.0, seconds)
    slowly.after[2] = lambda: withdraw_and_ask_again(world)
    report = run(world, slowly)
    accepted = [made.pcx_id for made in world.made if isinstance(made, AcceptPeering)]
    assert accepted == [PCX, *[OLD_PCX] * let_in]
    open_ones = {hint.id for sent in report.hand_offs for hint in sent.hand_off.scope.hints}
    assert (OLD_PCX in open_ones) is not let_in


def test_with_nothing_to_change_nothing_is_read_again():
    world, slowly = Truth(snapshot(peering(status="rejected"), *BOTH)), Slowly(*[30.0] * 6)
    run(world, slowly)
    assert len(world.read) == len(set(world.read))
