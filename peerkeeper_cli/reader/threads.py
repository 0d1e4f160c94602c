"""Make the calls of a wave on threads. In: access, progress. Out: an `Asked`. Ctrl-C ends it at any time."""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read

from peerkeeper_cli.reader.access import Access
from peerkeeper_cli.reader.at_once import AtOnce
from peerkeeper_cli.reader.progress import Progress


class Threads:
    """The reads of a wave, at once."""

    def __init__(self, access: Access, progress: Progress) -> None:
        """Take whom to ask, and where to report progress."""
        self._access, self._at_once = access, AtOnce(progress)

    def __call__(self, groups: Sequence[tuple[Read, ...]], /) -> list[Observed]:
        """Answer each group. An interrupt cancels the calls that have not begun."""
        return self._at_once(self._access.observe, groups)

    def done_with(self, account: str, /) -> None:
        """Forget the account's clients: the clients of a hundred accounts would take much memory."""
        self._access.drop(account)
