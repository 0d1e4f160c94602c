"""What a person has to write into a parameter, so that what it says works when it is followed."""

from dataclasses import replace

import pytest
from peerkeeper.planning.agreement import agreement
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code

from tests.builders import FOREIGN, SEOUL, THEM, US, peering, settings, vpc

MORE, STRANGER = "222233334444", "999900001111"
TEN, PART = network("10.0.0.0/8"), network("10.9.0.0/16")


@pytest.mark.parametrize(
    ("allowed", "excluded", "asked", "words"),
    [
        ((TEN,), (), "192.168.1.0/24", "add it there to allow it"),
        ((), (), "10.9.1.0/24", "add it there to allow it"),
        ((TEN,), (PART,), "10.9.1.0/24", "remove !10.9.0.0/16 from it to allow it"),
        ((), (PART,), "10.9.1.0/24", "add it there and remove !10.9.0.0/16 from it to allow it"),
    ],
)
def test_a_network_that_is_excluded_is_not_let_in_by_adding_it(allowed, excluded, asked, words):
    set_ = settings(allowed_destinations=allowed, excluded_destinations=excluded)
    assert set_.way_in(network(asked)) == words


def refused(own=SEOUL, account=THEM, **changed):
    """The words about the account of a peer that no list names."""
    pcx = peering(SEOUL)
    mine = replace(pcx.requester, location=own)
    peer = replace(pcx.accepter, location=FOREIGN._replace(account_id=account))
    tests = agreement(pcx, mine, peer, vpc(SEOUL), settings(**changed), accepting=False)
    return next(test.words for test in tests if test.code is Code.HELD_ACCOUNT)


def test_the_list_that_is_told_names_every_account_that_the_stack_covers():
    """An empty list lets each account meet itself. A list that leaves one out would part it from itself."""
    covered = frozenset({SEOUL, SEOUL._replace(account_id=MORE), FOREIGN})
    words = f"set AllowedAccounts={US},{MORE},{THEM},{STRANGER} to allow it beside our own"
    for own in covered:
        assert refused(own, STRANGER, locations=covered).endswith(words)
    assert refused(SEOUL, MORE, locations=covered).endswith(
        f"set AllowedAccounts={US},{THEM},{MORE} to allow it beside our own"
    )


def test_the_accounts_of_an_organization_are_named_in_words_and_meet_once_they_are_listed():
    words = refused(FOREIGN, STRANGER, organization=True)
    assert words.endswith(
        f"set AllowedAccounts to {STRANGER} and each of our accounts that peers, to allow it"
    )
    as_told = frozenset({STRANGER, THEM, US})
    for own, peer in ((FOREIGN, STRANGER), (FOREIGN, THEM), (SEOUL, US)):
        said = refused(own, peer, organization=True, allowed_accounts=as_told)
        assert said == f"account {peer} of the peer is allowed"


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ((), f"set AllowedAccounts={US},{THEM} to allow it beside our own"),
        ((US,), "add it to AllowedAccounts to allow it"),
    ],
)
def test_whoever_fills_the_empty_list_of_accounts_must_name_our_own_too(listed, words):
    pcx = peering(SEOUL)
    peer = replace(pcx.accepter, location=FOREIGN)
    set_ = settings(allowed_accounts=frozenset(listed))
    tests = agreement(pcx, pcx.requester, peer, vpc(SEOUL), set_, accepting=False)
    (said,) = [test.words for test in tests if test.code is Code.HELD_ACCOUNT]
    assert said.endswith(words)
