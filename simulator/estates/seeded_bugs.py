"""Seeded bugs of the foresight: the comparison must catch every one of them, or it proves nothing.

In: nothing. Out: `BUGS` by name. `guard-forgotten` comes with a bug of a rule that only the guard stops: by
themselves the rules plan nothing that the guard refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from peerkeeper.loop import accept_reply, foretell
from peerkeeper.planning import plan
from peerkeeper.planning.rules import missing_routes
from peerkeeper.values.ec2 import PeeringStatus

from peerkeeper_cli.foresight import foresee, look_ahead, passing
from simulator.mutants.registry import Mutant, patched

BUGS: dict[str, Mutant] = {}


def bug(name: str, says: str) -> Callable[[Callable[[], Iterator[None]]], Callable[[], Any]]:
    """Enter a generator that patches, yields, and takes its patches out."""

    def enter(body: Callable[[], Iterator[None]]) -> Callable[[], Any]:
        BUGS[name] = Mutant(name, says, contextmanager(body))
        return body

    return enter


@contextmanager
def rules_plan_too_much() -> Iterator[None]:
    """Let the rules plan any network of a peer, for functions and foresight alike: the guard refuses."""
    with patch.object(missing_routes, "wanted", lambda cidrs, settings: cidrs):
        yield


@bug("guard-forgotten", "what the guard refuses is foreseen as done")
def _guard_forgotten() -> Iterator[None]:
    return patched(rules_plan_too_much(), patch.object(foresee, "refusal", lambda *_: None))


@bug("mode-forgotten", "what the mode withholds is foreseen as done")
def _mode_forgotten() -> Iterator[None]:
    return patched(
        patch.object(foresee, "allowed_by", lambda *_: True),
        patch.object(foresee, "refusal", lambda *_: None),
    )


@bug("brake-forgotten", "deletes that the brake withholds are foreseen as done")
def _brake_forgotten() -> Iterator[None]:
    real = plan.plan

    def unbraked(*args: Any) -> Any:
        with patch.object(plan, "brake", lambda changes, *_: (tuple(changes), ())):
            return real(*args)

    return patched(patch.object(foresee, "plan", unbraked))


@bug("second-looks-forgotten", "a change that waits for a second look is not foreseen")
def _second_looks_forgotten() -> Iterator[None]:
    return patched(patch.object(foresee, "_looked_again", lambda seen, _: seen))


@bug("one-look-is-enough", "what waits for a second look is foreseen as done at the first")
def _one_look_is_enough() -> Iterator[None]:
    real = foresee.foresee

    def hasty(*args: Any) -> Any:
        found = real(*args)
        return replace(found, now=found.changes, later=())

    return patched(patch.object(look_ahead, "foresee", hasty))


@bug("one-round", "the effects of the first changes are not foreseen")
def _one_round() -> Iterator[None]:
    real = foresee.foresee

    def short(seen: Any, settings: Any) -> Any:
        found = real(seen, settings)
        first = {*plan.plan(passing.passed(seen), settings).changes}
        return replace(found, now=tuple(one for one in found.now if one in first))

    return patched(patch.object(look_ahead, "foresee", short))


@bug("accepter-hidden", "an accepted peering is foreseen without the networks of its accepter")
def _accepter_hidden() -> Iterator[None]:
    def reply(view: Any, _: Any) -> Any:
        return replace(view, status=PeeringStatus.ACTIVE)

    return patched(patch.object(foretell, "foretold_reply", reply))


@bug("never-active", "an accepted peering is foreseen as provisioning forever")
def _never_active() -> Iterator[None]:
    def reply(view: Any, vpc: Any) -> Any:
        real = accept_reply.foretold_reply(view, vpc)
        return replace(real, status=PeeringStatus.PROVISIONING)

    return patched(patch.object(foretell, "foretold_reply", reply))


@bug(
    "nothing-passes", "a peering that is provisioning or deleting is foreseen to stay in that state"
)
def _nothing_passes() -> Iterator[None]:
    return patched(patch.object(foresee, "passed", lambda seen: seen))


@bug("reads-no-further", "the reads that an accepted peering needs are not made")
def _reads_no_further() -> Iterator[None]:
    def ahead(estate: Any) -> Any:
        return {
            mode: foresee.foresee(estate.seen, replace(estate.settings, mode=mode))
            for mode in look_ahead.WRITING
        }

    return patched(patch.object(look_ahead, "look_ahead", ahead))
