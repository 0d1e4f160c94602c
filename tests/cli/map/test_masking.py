"""`--mask-accounts`: no account id is left in anything that is written, and nothing else changes."""

import re
from dataclasses import replace

import pytest

from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.masking import masked, names_of
from peerkeeper_cli.map.mermaid import mermaid
from peerkeeper_cli.map.page import html
from peerkeeper_cli.map.page_data import page_data
from tests.cli.map.estate import estate

NAMES = {"111122223333": "account-1", "444455556666": "account-2"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("111122223333", "account-1"),
        ("arn:aws:iam::111122223333:role/x", "arn:aws:iam::account-1:role/x"),
        ("needs peerkeeper:peers=444455556666 or self", "needs peerkeeper:peers=account-2 or self"),
        ("the console says 1111-2222-3333", "the console says account-1"),
        ("logs-1111222233334444", "logs-account-14444"),
        ("x111122223333y", "xaccount-1y"),
        ("vpc-0a111122223333bcd", "vpc-0aaccount-1bcd"),
        ("10.0.0.0/16 and 1234567", "10.0.0.0/16 and 1234567"),
        ("", ""),
    ],
)
def test_an_id_is_masked_wherever_it_stands(words, said):
    assert masked((words,), NAMES) == (said,)


def test_twelve_digits_inside_another_resources_id_are_no_account():
    assert names_of(["pcx-0123456789012abcd", "vpc-012345678901abcde"]) == {}


def test_an_account_that_only_words_name_is_masked_as_well():
    made = estate(vpcs=4, peerings=3)
    rows = [replace(made.rows[0], status_words="asked by 987654321098"), *made.rows[1:]]
    drawn = picture(rows, made.vpcs, made.coverage, title="of 123123123123", masked=True, at="")
    assert not re.search(r"987654321098|123123123123", page_data(drawn))


def test_no_account_id_is_left_in_what_is_written_and_each_has_one_name():
    made = estate()
    ids = {vpc.account for vpc in made.vpcs} | {one.account for one in made.coverage}
    drawn = picture(made.rows, made.vpcs, made.coverage, title="Estate", masked=True, at="")
    for text in (html(drawn), mermaid(drawn)):
        # Inside the library and the hashes nothing is replaced.
        assert [each for each in ids if each in text] == []
    plain = picture(made.rows, made.vpcs, made.coverage, title="Estate", masked=False, at="")
    pairs = {(b.vpc.account, a.vpc.account) for a, b in zip(drawn.nodes, plain.nodes, strict=True)}
    assert len(pairs) == len(ids) == len({name for _, name in pairs})
    assert all(re.fullmatch(r"account-\d", name) for _, name in pairs)
    assert [node.vpc.vpc_id for node in drawn.nodes] == [node.vpc.vpc_id for node in plain.nodes]
