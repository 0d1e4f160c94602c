"""Make the calls of a wave on threads. In: access, progress. Out: an `Asked`. Ctrl-C ends it at any time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from peerkeeper.aws.clients import THREADS
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read

from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.progress import Progress


class Threads:
    """Sixteen calls at once."""

    def __init__(self, access: Access, progress: Progress) -> None:
        """Take whom to ask, and where to report progress."""
        self._access, self._progress = access, progress
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="read")

    def __call__(self, groups: Sequence[tuple[Read, ...]], /) -> list[Observed]:
        """Answer each group. An interrupt cancels the calls that have not begun."""
        self._progress.add(len(groups))
        try:
            return [*self._pool.map(self._one, groups)]
        except BaseException:
            self._pool.shutdown(wait=False, cancel_futures=True)
            raise

    def done_with(self, account: str, /) -> None:
        """Forget the account's clients: the clients of a hundred accounts would take much memory."""
        self._access.drop(account)

    def _one(self, group: tuple[Read, ...]) -> Observed:
        observed = self._access.observe(group)
        self._progress.step()
        return observed
