"""Ask AWS, many questions at once. In: access, calls. Out: an answer to each; a refusal is an answer too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError
from peerkeeper.aws.clients import THREADS
from peerkeeper.aws.error_codes import trouble_from

from peerkeeper_cli.doctor.call import ABSENT, Answer, Call
from peerkeeper_cli.reader.access import NO_CREDENTIALS, Access
from peerkeeper_cli.reader.progress import Progress, Silent

NO_STACK = "does not exist"
"""How CloudFormation says it, under the code ValidationError. Source: observed."""


class Asking:
    """Clients of each service, account and region, made when first asked."""

    def __init__(self, access: Access, progress: Progress | None = None) -> None:
        """Take whom to ask, and where to report progress."""
        self._access, self._progress = access, progress or Silent()
        self._clients: dict[tuple[str, str, str], Any] = {}
        self._making = Lock()

    def all(self, calls: Iterable[Call]) -> dict[Call, Answer]:
        """Return the answer to each, all at once; Ctrl-C ends it at any time."""
        wanted = [*dict.fromkeys(calls)]
        self._progress.add(len(wanted))
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="ask")
        try:
            return dict(zip(wanted, pool.map(self._one, wanted), strict=True))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _one(self, call: Call) -> Answer:
        try:
            return self._asked(call)
        finally:
            self._progress.step()

    def _asked(self, call: Call) -> Answer:
        account = call.place.account_id
        if account not in self._access.logins:
            return Answer(trouble=self._access.refused.get(account, NO_CREDENTIALS))
        operation, sent = xform_name(call.operation), json.loads(call.sent)
        try:
            client = self._client(call)
            if client.can_paginate(operation):
                return Answer(client.get_paginator(operation).paginate(**sent).build_full_result())
            return Answer(getattr(client, operation)(**sent))
        except (ClientError, BotoCoreError) as error:
            trouble = trouble_from(error, call.action)
            gone = trouble.code in ABSENT or NO_STACK in trouble.message
            return Answer() if gone else Answer(trouble=trouble)

    def _client(self, call: Call) -> Any:  # noqa: ANN401 - any service's
        key = (call.service, call.place.account_id, call.place.region)
        with self._making:  # a session makes one client at a time
            if key not in self._clients:
                self._clients[key] = self._access.client(*key)
            return self._clients[key]
