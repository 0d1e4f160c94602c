"""Show what was found: a page on a terminal, a line a hop elsewhere. In: `Reached`. Out: text.

The way that was asked about is shown hop by hop. The other way is shown by the hops that do not pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from peerkeeper.planning.reachability.judge import NO_GROUP
from peerkeeper.planning.reachability.out_of_sight import OUT_OF_SIGHT
from peerkeeper.values.reachability import Answer, HopKind, Opening, State, Verdict

from peerkeeper_cli.page.count import many
from peerkeeper_cli.page.moment import minute
from peerkeeper_cli.page.page import STEP, Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.reach.end import Unread
from peerkeeper_cli.reach.hop_lines import WAYS, WORDS, hop_lines, openings, verdict_words
from peerkeeper_cli.reach.named import judged_of, named
from peerkeeper_cli.reach.question import Judged, Way
from peerkeeper_cli.reach.reached import Reached

MOST = 1000
"""Characters of one sentence."""
FEW = 4
"""Answers that are shown. `--json` has all."""
HOP = 22
"""Columns of a hop's name: the longest one and two blanks."""
SEES_NOT = f"Not seen: {'; '.join(OUT_OF_SIGHT)}. No packet was sent, and nothing was written."


def lines(found: Reached) -> Iterator[str]:
    """Yield a line for each hop of both ways and for each change, six cells with tabs; then the verdicts."""
    for name, way in (("asked", found.there), ("other way", found.other)):
        for judged in way.judged if way else ():
            between = f"{judged.answer.source} to {judged.answer.target}"
            for cells in _cells(judged):
                yield "\t".join((name, between, *(shown(each, MOST) for each in cells)))
    yield from verdicts(found)


def _cells(judged: Judged) -> Iterator[tuple[str, str, str, str]]:
    """Yield what kind of line it is, the hop, its state, and the words; of a change its command too."""
    for line in hop_lines(judged.answer):
        yield WAYS[line.back].lower(), line.hop, line.state.value, line.words
    for change in openings([judged.answer]):
        yield "would open it", "", change.words, change.command
    if judged.once_routed:
        yield "once routed", "", judged.once_routed.verdict.value, once_routed(judged.once_routed)


def verdicts(found: Reached) -> Iterator[str]:
    """Yield the verdict of each way, then each read that failed."""
    yield opening(found)
    if found.other:
        yield other_way(found.other)
    yield from (f"not read: {shown(str(one), MOST)}" for one in found.unread)


def opening(found: Reached) -> str:
    """Return the first line: who, whom, which traffic, and the answer."""
    there = found.there
    one, other = (there.source, there.target) if there else (found.source.shown, found.target.shown)
    words = way_words(there) if there else WORDS[Verdict.UNKNOWN]
    at = minute(found.now)
    return f"From {one} to {other}, {found.traffic}: {words}, as read at {at} UTC"


def other_way(way: Way) -> str:
    """Return the answer of the other way."""
    return f"The other way, from {way.source} to {way.target}, {way.traffic}: {way_words(way)}"


def way_words(way: Way) -> str:
    """Return the answer of a way in a few words, with the count of pairs that have it."""
    if way.pairs == 1:
        return verdict_words(way.judged[0].answer)
    same = sum(len(one.pairs) for one in way.judged if one.answer.verdict is way.verdict)
    return f"{WORDS[way.verdict]} for {same} of {many(way.pairs, 'pair')}"


def show(page: Page, found: Reached, *, plain_signs: bool = False) -> None:
    """Print both ways, what would open them, and what could not be seen."""
    page.line(opening(found), style="bold")
    there, other = found.there, found.other
    if there and other:
        for word, end in (("from", there.source), ("to", there.target)):
            page.line(f"{word:<6}{named(end, judged_of(end, there))}", steps=1, hang=6)
        _show_way(page, there, plain_signs=plain_signs)
        page.blank()
        page.line(other_way(other), style="bold")
        told = {change for one in there.judged for change in openings([one.answer])}
        told |= {change for one in other.judged for change in _of_peering(one.answer)}
        _show_way(page, other, plain_signs=plain_signs, short=True, told=told)
    show_unread(page, found.unread)
    page.blank()
    page.line(SEES_NOT, style="dim")


def _of_peering(answer: Answer) -> Iterator[Opening]:
    """Yield what makes a peering: one of either direction is enough, so the other way names none."""
    for hop in answer.blocking:
        if hop.kind is HopKind.PEERING and hop.opening:
            yield hop.opening


def notes_of(answer: Answer) -> Iterator[str]:
    """Yield what limits the answer, as sentences. The page says elsewhere that a subnet has no groups."""
    known = {NO_GROUP.format(end.subnet_id) for end in (answer.source, answer.target)}
    for note in answer.notes:
        if note not in known:
            yield f"{note[:1].upper()}{note[1:]}."


def show_unread(page: Page, unread: Sequence[Unread]) -> None:
    """Print each read that failed."""
    if unread:
        page.heading("Not read", "What depends on it is unknown.")
        for one in unread:
            page.line(shown(str(one), MOST), steps=1, sign="?", hang=STEP)


def show_openings(page: Page, judged: Judged, told: Collection[Opening] = ()) -> None:
    """Print the smallest change for each hop that blocks, and what a routed peering would do."""
    changes = [one for one in openings([judged.answer]) if one not in told]
    if changes:
        which = "the first pair" if len(judged.pairs) > 1 else "it"
        page.line(f"What would open {which}. Peerkeeper changes nothing:", steps=1)
    for change in changes:
        page.line(change.words, steps=2, hang=STEP)
        for command in filter(None, change.command.split(" && ")):
            page.command(command, steps=3)
    if judged.once_routed:
        page.line(once_routed(judged.once_routed), steps=1, hang=STEP)


def once_routed(answer: Answer) -> str:
    """Return what would be so once a peering is accepted and routed on both sides."""
    if answer.verdict is Verdict.REACHES:
        return "Once accepted and routed on both sides: would reach."
    held = [hop for hop in answer.hops if hop.state is not State.PASSED]
    which = "; ".join(f"{hop.where} ({hop.kind.value})" if hop.where else hop.kind for hop in held)
    return f"Once accepted and routed on both sides: {verdict_words(answer)}: {which}."


def pairs_words(judged: Judged) -> str:
    """Return the answer of pairs that share it: the first of them, and how many they are."""
    one, other = judged.pairs[0]
    words = f"{one} to {other}: {verdict_words(judged.answer)}"
    more = len(judged.pairs) - 1
    return f"{words}; {many(more, 'other pair')} alike" if more else words


def _show_way(
    page: Page,
    way: Way,
    *,
    plain_signs: bool,
    short: bool = False,
    told: Collection[Opening] = (),
) -> None:
    """Print each answer of a way. `short`: without the hops that pass, and without changes in `told`."""
    for judged in way.judged[:FEW]:
        if way.pairs > 1:
            page.blank()
            page.line(pairs_words(judged), steps=1, hang=STEP)
        _show_hops(page, judged.answer, plain_signs=plain_signs, short=short)
        for note in notes_of(judged.answer):
            page.line(note, steps=1, style="dim")
        show_openings(page, judged, told)
    left = len(way.judged) - FEW
    if left > 0:
        page.line(f"{many(left, 'more answer')}: --json has all", steps=1, style="dim")


def _show_hops(page: Page, answer: Answer, *, plain_signs: bool, short: bool) -> None:
    back = None
    for line in hop_lines(answer):
        if short and line.state is State.PASSED:
            continue
        if line.back is not back:
            back = line.back
            page.line(WAYS[back], steps=1)
        words = f"{line.hop:<{HOP}}{shown(line.words, MOST)}"
        page.line(words, steps=2, sign=line.sign(plain=plain_signs), hang=HOP)
