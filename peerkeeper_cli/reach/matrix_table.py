"""Subnet pairs of two VPCs as a table of signs. In: `Reached`, of two VPCs. Out: text of any width.

A row for each subnet that sends, a column for each that receives. A list has the number of each column.
The columns that do not fit come in further tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Answer, State, Verdict

from peerkeeper_cli.page.page import STEP, Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.reach.hop_lines import PLAIN_SIGNS, SIGNS, WORDS, said_of
from peerkeeper_cli.reach.question import Way
from peerkeeper_cli.reach.reached import Reached
from peerkeeper_cli.reach.show import (
    MOST,
    SEES_NOT,
    notes_of,
    opening,
    other_way,
    pairs_words,
    show_openings,
    show_unread,
    verdicts,
)

STATES = {
    Verdict.REACHES: State.PASSED,
    Verdict.BLOCKED: State.BLOCKED,
    Verdict.UNKNOWN: State.UNKNOWN,
}
WIDTH = 80
"""Columns of the narrowest terminal. What is right there is right in a wider one."""
CELL = 3


def matrix_lines(found: Reached) -> Iterator[str]:
    """Yield a line for each pair, its cells separated by tabs; then the verdict of each way."""
    for one, other, answer in _cells(found.there) if found.there else ():
        stops = "; ".join(shown(said_of(hop), MOST) for hop in answer.blocking)
        yield "\t".join((*_subnet(one), *_subnet(other), answer.verdict.value, stops))
    yield from verdicts(found)


def show_matrix(page: Page, found: Reached, *, plain_signs: bool = False) -> None:
    """Print the table, what stops the pairs that are blocked, and what could not be seen."""
    page.line(opening(found), style="bold")
    if found.there:
        signs = PLAIN_SIGNS if plain_signs else SIGNS
        _show_table(page, found.there, signs)
        page.blank()
        page.line(", ".join(f"{signs[state]} {WORDS[one]}" for one, state in STATES.items()))
        page.line("No security group is judged: a subnet has none.", style="dim")
        _show_stops(page, found.there)
    if found.other:
        page.blank()
        page.line(other_way(found.other))
    show_unread(page, found.unread)
    page.blank()
    page.line(SEES_NOT, style="dim")


def _show_table(page: Page, way: Way, signs: Mapping[State, str]) -> None:
    cells = {(one, other): answer for one, other, answer in _cells(way)}
    rows, columns = (sorted({pair[at] for pair in cells}, key=_order) for at in (0, 1))
    numbers = {end: str(number) for number, end in enumerate(columns, 1)}
    most = _columns(rows)
    for start in range(0, len(columns), most):
        few = columns[start : start + most]
        page.heading(f"To {way.target}")
        page.table([(numbers[end], *_subnet(end)) for end in few], steps=1)
        page.blank()
        page.line(f"From {way.source}")
        head = "".join(f"{numbers[end]:>{CELL}}" for end in few)
        body = [(*_subnet(row), _signs(row, few, cells, signs)) for row in rows]
        page.table([("", "", head), *body], steps=1)


def _columns(rows: Sequence[Endpoint]) -> int:
    """Return how many columns fit beside the widest id and the widest network."""
    taken = sum(max(len(_subnet(row)[at]) for row in rows) + STEP for at in (0, 1)) + STEP
    return max(1, (WIDTH - taken) // CELL)


def _signs(
    row: Endpoint,
    columns: Sequence[Endpoint],
    cells: Mapping[tuple[Endpoint, Endpoint], Answer],
    signs: Mapping[State, str],
) -> str:
    """Return a sign for each column; a blank where the pair has two address families."""
    found = (cells.get((row, column)) for column in columns)
    return "".join(f"{signs[STATES[one.verdict]] if one else '':>{CELL}}" for one in found)


def _show_stops(page: Page, way: Way) -> None:
    """Print each answer that is not `reaches` once, with the count of its pairs, and what would open it."""
    bad = [one for one in way.judged if one.answer.verdict is not Verdict.REACHES]
    for judged in bad:
        page.blank()
        page.line(pairs_words(judged), style="bold")
        for note in notes_of(judged.answer):
            page.line(note, steps=1, style="dim")
        for hop in (*judged.answer.blocking, *judged.answer.unknown):
            page.line(said_of(hop), steps=1, hang=2)
        show_openings(page, judged)


def _cells(way: Way) -> Iterator[tuple[Endpoint, Endpoint, Answer]]:
    found = [(one, other, each.answer) for each in way.judged for one, other in each.pairs]
    return iter(sorted(found, key=lambda cell: (_order(cell[0]), _order(cell[1]))))


def _order(end: Endpoint) -> tuple[int, int, str]:
    return end.network.version, int(end.network.network_address), end.subnet_id


def _subnet(end: Endpoint) -> tuple[str, str]:
    return end.subnet_id or end.vpc_id, str(end.network)
