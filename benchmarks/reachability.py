"""How long a question about reachability takes, next to parsing the replies that it rests on.

The matrix is compared with one question a pair, too. All are measured in the same run, on the same values. So
the ratios mean the same on any machine. The first question makes the indexes. `again` finds them made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import process_time

from peerkeeper.planning.reachability.judge import judge
from peerkeeper.planning.reachability.matrix import matrix
from peerkeeper.values.traffic import traffic

from benchmarks.reachability_world import both, hosts, parsed, subnets

ROUNDS = 15
LINE = "{:<44}{:>12}{:>10}{:>13}"
WORDS = ("icmp", "tcp/22", "tcp/443", "all")


def main() -> None:
    """Print one line a question, and one for the matrix: its time, and that in references."""
    replies = both()
    parsing = best(lambda: parsed(replies))
    print(
        f"processor time, the best of {ROUNDS}. Two VPCs of 30 subnets, 3 tables and 2 ACLs each; "
        f"parsing their replies takes {ms(parsing)}."
    )
    print(LINE.format("", "", "/ parse", "/ 900 alone"))
    for word in WORDS:
        first, again = question(word)
        print(LINE.format(f"one question, {word}", ms(first), f"{first / parsing:.2f}", ""))
        print(LINE.format("  again", ms(again), f"{again / parsing:.2f}", ""))
    took, alone, judgements = table("tcp/22")
    cells = ms(took), f"{took / parsing:.2f}", f"{took / alone:.3f}"
    print(LINE.format(f"matrix of 900 pairs, {judgements} judgements", *cells))


def question(word: str) -> tuple[float, float]:
    """Return the seconds of a first question, and the seconds once the indexes are made."""
    replies = both()
    one, other = hosts(replies)
    asked = traffic(word)
    firsts, agains = [], []
    for _ in range(ROUNDS):
        around = parsed(replies)
        firsts.append(timed(partial(judge, around, one, other, asked)))
        agains.append(timed(partial(judge, around, one, other, asked)))
    return min(firsts), min(agains)


def table(word: str) -> tuple[float, float, int]:
    """Return the seconds of a matrix and of one question a pair, and how many the matrix judged."""
    replies = both()
    ours, theirs = subnets(replies)
    asked = traffic(word)
    took = [timed(partial(matrix, parsed(replies), ours, theirs, asked)) for _ in range(ROUNDS)]
    around = parsed(replies)
    alone = timed(lambda: [judge(around, one, other, asked) for one in ours for other in theirs])
    return min(took), alone, matrix(around, ours, theirs, asked).judgements


def best(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes, the best of all rounds: other programs only add to it."""
    return min(timed(work) for _ in range(ROUNDS))


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that the work takes."""
    began = process_time()
    work()
    return process_time() - began


def ms(seconds: float) -> str:
    """Return the time in words."""
    return f"{seconds * 1000:.2f} ms"


if __name__ == "__main__":
    main()
