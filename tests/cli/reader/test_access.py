"""Whose clients are made, and when they go again."""

from botocore.session import Session
from peerkeeper.values.ec2 import Location
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.logins.login import Login
from peerkeeper_cli.reader.access import NO_CREDENTIALS, Access
from tests.builders import SEOUL, TOKYO

ELSEWHERE = Location("999900001111", "eu-west-1")
DENIED = Trouble(Meaning.DENIED, "AccessDenied", "no", "AssumeRole")


class Recorded:
    """A session that tells which clients it made; they answer nothing, and nothing is sent."""

    def __init__(self, monkeypatch):
        self.made = []
        session = Session()
        session.set_credentials("AKIAAAAAAAAAAAAAAAAA", "a")
        self.login = Login(SEOUL.account_id, session, "a test", SEOUL.region)
        create = session.create_client
        monkeypatch.setattr(
            session,
            "create_client",
            lambda service, region_name, **more: (
                self.made.append((service, region_name))
                or create(service, region_name=region_name, **more)
            ),
        )
        monkeypatch.setattr(
            "peerkeeper.aws.edge.observe", lambda _clients, reads: Observed(reads, vpcs=())
        )


def vpcs(where):
    return (Read(where, Describe.VPCS),)


def test_a_client_is_made_for_a_location_that_is_asked_and_for_no_other(monkeypatch):
    recorded = Recorded(monkeypatch)
    access = Access([recorded.login])
    assert recorded.made == []
    for _ in range(2):
        access.observe(vpcs(TOKYO))
    assert recorded.made == [("ec2", TOKYO.region)]
    access.observe(vpcs(SEOUL))
    assert recorded.made == [("ec2", TOKYO.region), ("ec2", SEOUL.region)]


def test_a_dropped_account_gets_the_client_that_it_needs_and_no_more(monkeypatch):
    recorded = Recorded(monkeypatch)
    access = Access([recorded.login])
    for where in (TOKYO, SEOUL):
        access.observe(vpcs(where))
    access.drop(SEOUL.account_id)
    access.observe(vpcs(SEOUL))
    assert recorded.made[2:] == [("ec2", SEOUL.region)]


def test_an_account_that_let_nobody_in_is_unread_and_can_be_dropped(monkeypatch):
    access = Access([Recorded(monkeypatch).login], {ELSEWHERE.account_id: DENIED})
    assert access.observe(vpcs(ELSEWHERE)).trouble == DENIED
    assert access.observe(vpcs(Location("1" * 12, "eu-west-1"))).trouble == NO_CREDENTIALS
    access.drop(ELSEWHERE.account_id)
