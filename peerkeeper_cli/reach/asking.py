"""Make the reads of a question, a wave at a time. In: access, progress, calls. Out: replies.

A page that fails voids the whole read, and the reply has the trouble. Ctrl-C ends it at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.clients import THREADS
from peerkeeper.aws.error_codes import UNREADABLE, trouble_from, unreadable
from peerkeeper.aws.parse import Raw

from peerkeeper_cli.reach.call import LISTS, Call, Reply
from peerkeeper_cli.reader.access import NO_CREDENTIALS, Access
from peerkeeper_cli.reader.progress import Progress

PAGE = 100
"""Resources of a page, as every one of these actions allows it. Source: botocore's EC2 model, MaxResults."""


class Asking:
    """Sixteen calls at once."""

    def __init__(self, access: Access, progress: Progress) -> None:
        """Take whom to ask, and where to report progress."""
        self._access, self._progress = access, progress
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reach")

    def __call__(self, calls: Sequence[Call], /) -> Sequence[Reply]:
        """Answer each call. An interrupt cancels the calls that have not begun."""
        self._progress.add(len(calls))
        try:
            return [*self._pool.map(self._one, calls)]
        except BaseException:
            self._pool.shutdown(wait=False, cancel_futures=True)
            raise

    def _one(self, call: Call) -> Reply:
        try:
            return self._asked(call)
        finally:
            self._progress.step()

    def _asked(self, call: Call) -> Reply:
        account = call.location.account_id
        if account not in self._access.logins:
            return Reply(call, trouble=self._access.refused.get(account, NO_CREDENTIALS))
        try:
            return Reply(call, tuple(self._pages(call)))
        except (ClientError, BotoCoreError) as error:
            return Reply(call, trouble=trouble_from(error, call.action))
        except UNREADABLE as error:
            return Reply(call, trouble=unreadable(error, call.action))

    def _pages(self, call: Call) -> Iterator[Raw]:
        client: Any = self._access.ec2(call.location)
        sent: dict[str, Any] = {"PrefixListId": call.prefix_list} if call.prefix_list else {}
        if call.filters:
            sent["Filters"] = [{"Name": name, "Values": [*has]} for name, has in call.filters]
        pages = client.get_paginator(xform_name(call.action)).paginate(
            **sent, PaginationConfig={"PageSize": PAGE}
        )
        for page in pages:
            yield from page[LISTS[call.action]]
