"""An answer of the judge as lines for people: a line a hop, and what would open those that block.

In: `Answer`. Out: `HopLine` values, words. Commands print them; nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerkeeper.values.reachability import Answer, Hop, HopKind, Opening, State, Verdict

SIGNS = {State.PASSED: "✓", State.BLOCKED: "✗", State.UNKNOWN: "?"}
PLAIN_SIGNS = {State.PASSED: "+", State.BLOCKED: "!", State.UNKNOWN: "?"}
"""For a terminal that shows only ASCII."""
WORDS = {
    Verdict.REACHES: "would reach",
    Verdict.BLOCKED: "is blocked",
    Verdict.UNKNOWN: "is unknown",
}
"""A judge's words: no packet was sent."""
WAYS = {False: "There", True: "Back"}


@dataclass(frozen=True, slots=True)
class HopLine:
    """One hop: sign, name and sentence."""

    state: State
    back: bool
    hop: str
    at: str
    """The id of what judges."""
    words: str

    def sign(self, *, plain: bool = False) -> str:
        """Return the tick, the cross or the question mark."""
        return (PLAIN_SIGNS if plain else SIGNS)[self.state]


def hop_lines(answer: Answer) -> Iterator[HopLine]:
    """Yield a line for each hop, the way there first, then the way back."""
    for hop in answer.hops:
        yield HopLine(hop.state, hop.back, hop.kind.value, hop.where, said_of(hop))


def said_of(hop: Hop) -> str:
    """Return the hop's sentence, with the id of what judges and the rule where the sentence lacks them."""
    words = hop.words
    lacking = [one for one in (hop.where, hop.rule) if one and one not in words]
    return f"{', '.join(lacking)}: {words}" if lacking else words


def verdict_words(answer: Answer) -> str:
    """Return the answer in a few words, such as `is blocked at 2 of 9 hops`."""
    words = WORDS[answer.verdict]
    counted = {Verdict.BLOCKED: answer.blocking, Verdict.UNKNOWN: answer.unknown}
    hops = counted.get(answer.verdict, ())
    return f"{words} at {len(hops)} of {len(answer.hops)} hops" if hops else words


def openings(answers: Iterable[Answer]) -> list[Opening]:
    """Return what would open every hop that blocks, each once. A peering is first: routes need it."""
    blocking = [hop for answer in answers for hop in answer.blocking]
    blocking.sort(key=lambda hop: hop.kind is not HopKind.PEERING)
    return [*dict.fromkeys(hop.opening for hop in blocking if hop.opening)]
