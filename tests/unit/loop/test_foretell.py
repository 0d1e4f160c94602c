"""Mode `observe` tells what it would do to the end: routes of a request that it would accept among it."""

import pytest
from peerkeeper.loop.foretell import foretell
from peerkeeper.planning.plan import plan
from peerkeeper.planning.rule_table import RULES_OF
from peerkeeper.settings import Mode
from peerkeeper.values.scope import Function

from tests.builders import (
    OLD_PCX,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

RULES = RULES_OF[Function.SWEEP]
REQUEST = (
    *(peering(where, "pending-acceptance") for where in (SEOUL, TOKYO)),
    vpc(),
    vpc(SEOUL),
    table(),
    table(SEOUL),
)
READY = {(SEOUL, SEOUL_VPC): True, (TOKYO, TOKYO_VPC): True}


def ahead(mode, *resources, **changed):
    seen, set_ = snapshot(*resources, **changed), settings(mode=mode)
    found = foretell(plan(seen, set_, RULES), seen, set_, RULES)
    return [type(change).__name__ for change in found.would], found.unknown


def test_a_request_that_would_be_accepted_would_be_routed_on_both_sides():
    would, unknown = ahead(Mode.OBSERVE, *REQUEST, dns_hostnames=READY)
    assert sorted(would) == [
        "AcceptPeering",
        "AllowRemoteDnsResolution",
        "AllowRemoteDnsResolution",
        "CreateRoute",
        "CreateRoute",
    ]
    assert unknown == ()


def test_what_was_not_read_is_named():
    would, unknown = ahead(Mode.OBSERVE, *REQUEST)
    assert sorted(would) == ["AcceptPeering", "CreateRoute", "CreateRoute"]
    assert len(unknown) == 2
    assert all("was not read" in words or "were not read" in words for words in unknown)


def test_a_route_that_would_follow_a_delete_is_foretold_in_add_only():
    dead = table(TOKYO, route("10.39.0.0/16", OLD_PCX, blackhole=True))
    old = peering(id=OLD_PCX, status="deleted")
    would, _ = ahead(Mode.ADD_ONLY, peering(), old, vpc(), dead)
    assert sorted(would) == ["CreateRoute", "DeleteRoute"]


@pytest.mark.parametrize("mode", [Mode.FULL, Mode.ADD_ONLY])
def test_what_the_mode_lets_happen_is_not_foretold(mode):
    assert ahead(mode, *REQUEST, dns_hostnames=READY) == ([], ())
