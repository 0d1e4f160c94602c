"""The Regions of an account that does not list them. In: the account, what EC2 said. Out: `Covered`."""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.values.refuser import to_grant
from peerkeeper.values.trouble import Meaning, Trouble

from peerkeeper_cli.reader.covered import Covered, State


def unlisted(account: str, trouble: Trouble, read: Iterable[str]) -> Covered:
    """Return the row for every other Region of the account, with the action to grant.

    `read`: the Regions that are read in it nevertheless.
    """
    action = to_grant(trouble)
    words = (
        f"every Region other than {', '.join(read)}: {action} says {trouble.code}: {trouble.message}. "
        f"Grant {action} there, or name each --region"
    )
    state = State.DENIED if trouble.meaning is Meaning.DENIED else State.UNREAD
    return Covered(account, "", state, words)
