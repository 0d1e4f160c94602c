"""The reads of a question about traffic, made on a stage of this process. In: calls. Out: replies.

It asks with the operator's own clients, which are there already: a demo that looks often stays quick.
"""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper_cli.reach.asking import items
from peerkeeper_cli.reach.call import Call, Reply
from peerkeeper_local.story import Stage


class StageAsk:
    """Answers one call after the other; nothing on the stage refuses the operator."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __call__(self, calls: Sequence[Call], /) -> Sequence[Reply]:
        """Answer each call."""
        return [Reply(call, tuple(items(self._stage.ec2(*_where(call)), call))) for call in calls]


def _where(call: Call) -> tuple[str, str]:
    return call.location.region, call.location.account_id
