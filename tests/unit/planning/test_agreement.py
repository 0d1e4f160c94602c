"""Our side objects by the tests that it words, whether or not it has to word them."""

from dataclasses import replace

import pytest
from peerkeeper.planning.agreement import agreement, objections

from tests.builders import peering, settings, vpc


@pytest.mark.parametrize("accepting", [True, False])
@pytest.mark.parametrize("allowed", [(), ("444455556666",)])
@pytest.mark.parametrize("approved", [(), (("peerkeeper:approved", "true"),)])
@pytest.mark.parametrize("peers", [(), (("peerkeeper:peers", "self"),)])
@pytest.mark.parametrize("near", [True, False])
def test_the_objections_are_the_tests_that_fail(accepting, allowed, approved, peers, near):
    pcx = peering(tags=approved)
    own, peer = pcx.accepter, pcx.requester
    peer = replace(peer, location=own.location) if near else peer
    sides = (pcx, own, peer, vpc(tags=peers), settings(allowed_accounts=allowed))
    tests = [*agreement(*sides, accepting=accepting)]
    assert objections(*sides, accepting=accepting) == [one for one in tests if not one.passed]
