"""What went wrong with one call, by meaning.

In: nothing. Out: `Trouble`. `peerkeeper.aws.error_codes` makes it from an EC2 error code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What an error means for us, in any of its spellings."""

    PASSING = "passing"
    """Throttled, timed out, or EC2's own fault: the same call may pass later."""
    DENIED = "denied"
    """No right, or the Region is not enabled. A person must act; others go on."""
    QUOTA = "quota"
    """A limit is reached. A person must act; other tables and peerings go on."""
    ABSENT = "absent"
    """The id is not there: not visible yet, or deleted."""
    ALREADY_SO = "already-so"
    """What we asked for is so already, or seems so: look again before believing it."""
    STATE = "state"
    """The resource's state does not allow it (any more): read again."""
    REFUSED = "refused"
    """Anything else: EC2 will say no each time."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One failed call: its meaning, EC2's code, and EC2's words."""

    meaning: Meaning
    code: str
    message: str
    action: str
    """The EC2 action that failed, as IAM spells it: what to grant where it was denied."""

    @property
    def unreachable(self) -> bool:
        """Tell whether our role in that account is missing, or does not trust us."""
        return self.action == ASSUME_ROLE and self.meaning is Meaning.DENIED


ASSUME_ROLE = "AssumeRole"
"""The one action that is STS's: a call in another account failed before it was made."""
CUT_OFF = Trouble(Meaning.PASSING, "Deadline", "the deadline came first", "Describe")
"""A read that could not be begun in time: it is unread, and looked at again."""
