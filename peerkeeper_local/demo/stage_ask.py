"""The reads of a question about traffic, made on a stage of this process. In: calls. Out: replies.

It asks with the operator's own clients, which are there already: a demo that looks often stays quick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from botocore import xform_name
from peerkeeper.aws.parse import Raw

from peerkeeper_cli.reach.call import LISTS, Call, Reply
from peerkeeper_local.story import Stage


class StageAsk:
    """Answers one call after the other; nothing on the stage refuses the operator."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __call__(self, calls: Sequence[Call], /) -> Sequence[Reply]:
        """Answer each call."""
        return [Reply(call, tuple(self._items(call))) for call in calls]

    def _items(self, call: Call) -> Iterator[Raw]:
        ec2 = self._stage.ec2(call.location.region, call.location.account_id)
        sent: dict[str, Any] = {"PrefixListId": call.prefix_list} if call.prefix_list else {}
        if call.filters:
            sent["Filters"] = [{"Name": name, "Values": [*has]} for name, has in call.filters]
        for page in ec2.get_paginator(xform_name(call.action)).paginate(**sent):
            yield from page[LISTS[call.action]]
