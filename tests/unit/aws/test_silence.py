"""Where EC2 gives no answer nothing is read for two minutes, and it is asked again after that."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from peerkeeper.aws.edge import Edge
from peerkeeper.aws.silence import FOR, Silence
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble

from tests.builders import SEOUL, TOKYO

URL = "https://ec2.example"
TIMED_OUT = Trouble(Meaning.PASSING, "ReadTimeoutError", "", "Describe")
OTHERS = [Location(f"{number:012}", SEOUL.region) for number in range(3)]


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
    silence.hear(SEOUL, Trouble(Meaning.PASSING, code, "", "Describe"), clock())
    assert silence.of(SEOUL) is None


def test_an_answer_of_a_read_that_was_under_way_ends_the_silence(clock):
    silence = Silence(clock)
    silence.hear(SEOUL, TIMED_OUT, clock())
    assert silence.of(SEOUL)
    silence.hear(SEOUL, None, clock())
    assert silence.of(SEOUL) is None


def timed_out(silence, clock, *places, seconds=32):
    """Reads that begin together and get no answer."""
    began = [silence.ask(where) for where in places]
    clock.time += seconds
    for where, at in zip(places, began, strict=True):
        silence.hear(where, TIMED_OUT, at)


def answered(silence, where):
    silence.hear(where, None, silence.ask(where))


def test_one_slow_read_silences_nothing_where_others_are_answered_meanwhile(clock):
    silence = Silence(clock)
    began = silence.ask(SEOUL)
    clock.time += 1
    answered(silence, SEOUL)
    clock.time += 31
    silence.hear(SEOUL, TIMED_OUT, began)
    assert silence.of(SEOUL) is None
    timed_out(silence, clock, SEOUL)
    assert silence.of(SEOUL)


def test_a_large_account_that_times_out_keeps_no_other_account_of_the_region_waiting(clock):
    silence = Silence(clock)
    timed_out(silence, clock, OTHERS[0])
    assert silence.of(OTHERS[0])
    assert silence.of(OTHERS[1]) is None


def test_when_two_accounts_get_no_answer_the_region_is_taken_for_down_until_it_answers(clock):
    silence = Silence(clock)
    under_way = silence.ask(OTHERS[2])
    timed_out(silence, clock, *OTHERS[:2])
    clock.time += 30
    assert silence.of(SEOUL).code == "NoAnswer"
    assert silence.of(TOKYO) is None
    silence.hear(OTHERS[2], None, under_way)
    assert silence.of(SEOUL) is None
    assert silence.of(OTHERS[0])
    clock.time += FOR
    assert silence.of(OTHERS[0]) is None


def test_the_first_time_out_of_many_accounts_is_enough_so_a_wave_waits_once(clock):
    """16 threads: each that is free takes the next read, while the others still wait."""
    silence = Silence(clock)
    began = {where: silence.ask(where) for where in OTHERS[:2]}
    clock.time += 32
    silence.hear(OTHERS[0], TIMED_OUT, began[OTHERS[0]])
    assert silence.of(OTHERS[2])


def test_when_the_silence_of_one_account_is_over_the_region_is_still_asked_once_in_a_while(clock):
    silence = Silence(clock)
    timed_out(silence, clock, OTHERS[0])
    clock.time += 60
    timed_out(silence, clock, OTHERS[1])
    clock.time += 60
    assert all(silence.of(where) for where in OTHERS)
    clock.time += 60
    assert not any(silence.of(where) for where in OTHERS)


def test_two_accounts_that_time_out_while_a_third_is_answered_silence_only_themselves(clock):
    silence = Silence(clock)
    began = [silence.ask(where) for where in OTHERS[:2]]
    clock.time += 1
    answered(silence, SEOUL)
    clock.time += 31
    for where, at in zip(OTHERS[:2], began, strict=True):
        silence.hear(where, TIMED_OUT, at)
    assert [bool(silence.of(where)) for where in (*OTHERS[:2], SEOUL)] == [True, True, False]


def test_threads_that_ask_and_hear_at_once_break_nothing():
    silence, errors = Silence(), []

    def reads(number):
        try:
            for each in range(300):
                where = Location(f"{number * 300 + each:012}", SEOUL.region)
                began = silence.ask(where)
                silence.hear(where, TIMED_OUT if each % 3 else None, began)
                silence.of(where)
        except RuntimeError as error:
            errors.append(error)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(reads, range(8)))
    assert errors == []


def test_a_clock_that_is_set_back_ends_the_silence(clock):
    silence = Silence(clock)
    timed_out(silence, clock, SEOUL)
    clock.time -= 1
    assert silence.of(SEOUL) is None


def test_the_time_goes_on_while_the_process_is_frozen():
    """CLOCK_MONOTONIC may not: a process would stay silent for hundreds of invocations."""
    assert Silence().now is time.time


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
