"""One step of an explanation. In: nothing. Out: `Line`.

result    means
pass      the test holds, or it is so already
fail      it does not; the words say what would make it
due       nothing is in the way: done at the next look, or only reported, as the mode says
wait      cannot be decided yet; looked at again by itself
unknown   what it rests on was not read
-         does not apply now
"""

from __future__ import annotations

from dataclasses import dataclass

RESULTS = {True: "pass", False: "fail", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Line:
    """One test of a part on a side: how it came out, and why."""

    side: str
    part: str
    test: str
    result: str
    words: str
