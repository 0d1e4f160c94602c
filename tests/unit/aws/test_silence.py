"""A Region that gives no answer is left alone for two minutes, and asked again after that."""

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from peerkeeper.aws.edge import Edge
from peerkeeper.aws.silence import FOR, Silence
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import SEOUL, TOKYO

URL = "https://ec2.example"


class Clients:
    """EC2 in some Regions; it counts the reads that reach it."""

    def __init__(self, error=None):
        self.error = error
        self.asked = []

    def ec2(self, location):
        self.asked.append(location)
        return self

    def other(self, _, location):
        return self.ec2(location)

    def get_paginator(self, _):
        return self

    def paginate(self, **_):
        if self.error:
            raise self.error
        return iter(())


class Clock:
    def __init__(self):
        self.time = 1000.0

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


def edge_of(clients, clock):
    return Edge(clients, "", Silence(clock))


def look(edge, where=SEOUL, kind=Describe.VPCS):
    return edge.observe((Read(where, kind),)).trouble


@pytest.mark.parametrize("error", [ReadTimeoutError, ConnectTimeoutError])
def test_after_a_time_out_nothing_is_read_there_and_the_trouble_passes(clock, error):
    clients = Clients(error(endpoint_url=URL))
    edge = edge_of(clients, clock)
    assert look(edge).code == error.__name__
    clock.time += 40
    trouble = look(edge, kind=Describe.ROUTE_TABLES)
    assert clients.asked == [SEOUL]
    assert (trouble.meaning, trouble.code) == (Meaning.PASSING, "NoAnswer")
    assert "gave no answer 40 s ago" in trouble.message


def test_another_region_is_read_meanwhile(clock):
    clients = Clients(ReadTimeoutError(endpoint_url=URL))
    edge = edge_of(clients, clock)
    look(edge)
    clients.error = None
    assert look(edge, TOKYO) is None
    assert look(edge).code == "NoAnswer"


def test_it_is_asked_again_after_a_while_and_one_answer_ends_the_silence(clock):
    clients = Clients(ReadTimeoutError(endpoint_url=URL))
    edge = edge_of(clients, clock)
    look(edge)
    clients.error = None
    clock.time += FOR - 1
    assert look(edge).code == "NoAnswer"
    clock.time += 1
    assert look(edge) is None
    assert look(edge) is None


@pytest.mark.parametrize("code", ["RequestLimitExceeded", "UnauthorizedOperation", "Deadline"])
def test_a_refusal_is_an_answer(clock, code):
    silence = Silence(clock)
    silence.hear("a", Trouble(Meaning.PASSING, code, "", "Describe"))
    assert silence.of("a") is None


def test_an_answer_of_a_read_that_was_under_way_ends_the_silence(clock):
    silence = Silence(clock)
    silence.hear("a", Trouble(Meaning.PASSING, "ReadTimeoutError", "", "Describe"))
    assert silence.of("a")
    silence.hear("a", None)
    assert silence.of("a") is None


def test_other_services_of_the_region_are_asked_all_the_same(clock):
    clients = Clients(ReadTimeoutError(endpoint_url=URL))
    edge = edge_of(clients, clock)
    look(edge)
    assert look(edge, kind=Describe.QUOTAS).code == "ReadTimeoutError"
    assert clients.asked == [SEOUL, SEOUL]


def test_no_answer_from_sts_says_nothing_about_the_region(clock):
    """The role of one account is assumed on first use; others are read there all the same."""
    clients = Clients(ReadTimeoutError(endpoint_url="https://sts.ap-northeast-2.amazonaws.com/"))
    edge = edge_of(clients, clock)
    trouble = look(edge)
    assert (trouble.code, trouble.action) == ("ReadTimeoutError", "AssumeRole")
    clients.error = None
    assert look(edge) is None
