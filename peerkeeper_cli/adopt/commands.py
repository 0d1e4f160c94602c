"""The tags as commands of the aws CLI. In: tags. Out: lines, by account and region, one for a tag.

A call takes up to 1,000 resources. A key that is there gets the new value. Source: EC2 API reference,
CreateTags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from peerkeeper.values.aws_commands import aws_ec2

from peerkeeper_cli.adopt.tag_to_set import TagToSet

MOST = 20
"""Resources in one command: a line that a person can still read."""


def commands(tags: Iterable[TagToSet]) -> Iterator[tuple[str, list[str]]]:
    """Yield each account with its commands."""
    by_account = sorted(
        tags, key=lambda one: (one.location.account_id, one.location.region, one.key, one.value)
    )
    for account, own in groupby(by_account, lambda one: one.location.account_id):
        yield account, [*_lines(own)]


def guard(account: str) -> str:
    """Return a test for the shell that these credentials are of the account.

    A peering has one id in both accounts, and tags in each: with the wrong credentials the other side would
    agree.
    """
    return f'test "$(aws sts get-caller-identity --query Account --output text)" = {account}'


def _lines(tags: Iterable[TagToSet]) -> Iterator[str]:
    for (region, key, value), same in groupby(
        tags, lambda one: (one.location.region, one.key, one.value)
    ):
        ids = sorted({one.resource for one in same})
        for start in range(0, len(ids), MOST):
            few = " ".join(ids[start : start + MOST])
            yield aws_ec2(
                "create-tags", region, f"--resources {few} --tags 'Key={key},Value={value}'"
            )
