"""Random estates are taken apart by typing what `teardown` prints.

EC2 refuses nothing: no DependencyViolation, no other error. Nothing is left, and nothing else is touched.
"""

import json

import pytest

from peerkeeper_cli.reader.progress import Silent
from peerkeeper_cli.teardown.before import before as known_before
from peerkeeper_cli.teardown.document import document
from peerkeeper_cli.teardown.left import left
from peerkeeper_cli.teardown.order.teardown import teardown
from peerkeeper_cli.teardown.reading.read import read
from peerkeeper_cli.teardown.reading.read_after import read_after
from peerkeeper_local.cloud import LocalCloud
from tests.integration.torn_down.estate import OTHER, Hands
from tests.integration.torn_down.inventory import inventory, vpcs_of
from tests.integration.torn_down.opened import opened
from tests.integration.torn_down.typed import Typed

ESTATES = 10


@pytest.mark.parametrize("seed", range(ESTATES))
def test_a_random_estate_is_taken_apart_in_the_printed_order(seed, tmp_path):
    with LocalCloud(accounts=(OTHER,), ids_from=seed) as cloud:
        made = Hands(cloud, seed).estate()
        cloud.clock.advance(60)
        before, where, typed = inventory(cloud), opened(cloud), Typed(cloud)
        for target in (made.pcx, made.asking.vpc, made.asked.vpc):
            found = teardown(read(target, where, Silent()))
            assert not found.blockers
            assert found.exit_code == 3
            kept = tmp_path / f"{target}.json"
            kept.write_text(json.dumps(document(found, {}, 0.0)))
            typed.all(found)
            seen = read_after(target, where, Silent(), known_before(kept, target))
            assert [*left(teardown(seen))] == []
            assert seen.unread == ()
        assert typed.gone == [], "no step was done by another one before"
        of_two = {made.asking.vpc, made.asked.vpc}
        assert_nothing_else_was_touched(before, inventory(cloud), of_two)


def assert_nothing_else_was_touched(before, after, of_two):
    """What is gone was in the two VPCs; what stays says the same, except for what named them."""
    assert not after.keys() - before.keys()
    for name in before.keys() - after.keys():
        one = before[name]
        held = one.get("AssociationId") or one.get("NetworkInterfaceId")  # an address has no VPC
        assert vpcs_of(one) & of_two or held, name
    for name in after:
        old, new = before[name], after[name]
        if name.startswith(("rtb-", "sg-", "/hostedzone/")):
            assert without(old, of_two, new) == new, name
        elif not name.startswith("nat-"):
            assert old == new, name


def without(old, of_two, new):
    """The document without routes to peerings that ended, rules and VPCs that are gone."""
    if isinstance(old, list):
        return [one for one in old if one["VPCId"] not in of_two]
    if "Routes" in old:
        kept = [one for one in old["Routes"] if one in new["Routes"]]
        lost = [one for one in old["Routes"] if one not in new["Routes"]]
        assert all(one.get("VpcPeeringConnectionId") for one in lost)
        return {**old, "Routes": kept}
    return old
