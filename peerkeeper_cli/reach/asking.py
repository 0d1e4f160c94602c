"""Make the reads of a question, a wave at a time. In: access, progress, calls. Out: replies.

A page that fails voids the whole read, and the reply has the trouble. Ctrl-C ends it at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from peerkeeper.aws.parse import Raw
from peerkeeper.values.trouble import Trouble

from peerkeeper_cli.reach.call import LISTS, Call, Reply
from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.at_once import AtOnce
from peerkeeper_cli.reader.progress import Progress

if TYPE_CHECKING:
    from types_boto3_ec2 import EC2Client

PAGE = 100
"""Resources of a page, as every one of these actions allows it. Source: botocore's EC2 model, MaxResults."""


class Asking:
    """The calls of a wave, at once."""

    def __init__(self, access: Access, progress: Progress) -> None:
        """Take whom to ask, and where to report progress."""
        self._access, self._at_once = access, AtOnce(progress)

    def __call__(self, calls: Sequence[Call], /) -> Sequence[Reply]:
        """Answer each call. An interrupt cancels the calls that have not begun."""
        return self._at_once(self._one, calls)

    def _one(self, call: Call) -> Reply:
        shown = self._access.answered(
            call.location.account_id,
            call.action,
            lambda: tuple(items(self._access.ec2(call.location), call)),
        )
        return Reply(call, trouble=shown) if isinstance(shown, Trouble) else Reply(call, shown)


def items(ec2: EC2Client, call: Call) -> Iterator[Raw]:
    """Yield what EC2 shows for a call, page after page. A client's error comes out as it is."""
    sent: dict[str, Any] = {"PrefixListId": call.prefix_list} if call.prefix_list else {}
    if call.filters:
        sent["Filters"] = [{"Name": name, "Values": [*has]} for name, has in call.filters]
    client: Any = ec2  # each action has a paginator of its own type
    pages = client.get_paginator(xform_name(call.action)).paginate(
        **sent, PaginationConfig={"PageSize": PAGE}
    )
    for page in pages:
        yield from page[LISTS[call.action]]
