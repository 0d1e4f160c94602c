"""Show a teardown: a page on a terminal, a line a command elsewhere. In: a teardown. Out: text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerkeeper.reporting.plain_text import plain

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.page.count import many
from peerkeeper_cli.page.moment import minute
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.teardown.order.step import State, Step
from peerkeeper_cli.teardown.order.teardown import Teardown

MOST = 1000


def lines(found: Teardown, profiles: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each command and each thing in the way, its cells separated by tabs."""
    for one in found.blockers:
        cells = ("-", "blocked", "-", str(one.location), one.resource)
        yield "\t".join((*cells, plain(f"{one.words}: {one.remedy}", MOST)))
    for number, step in enumerate(found.steps, 1):
        cells = (str(number), step.state.value, step.kind.value, str(step.location), step.resource)
        commands = [*_commands(step, profiles)] or [plain(step.words, MOST)]
        yield from ("\t".join((*cells, command)) for command in commands)
    yield upshot(found)


def _commands(step: Step, profiles: Mapping[str, str]) -> Iterator[str]:
    profile = profiles.get(step.location.account_id, "")
    yield from (call.command(profile) for call in step.calls)
    if step.wait:
        yield step.wait.command(profile)


def upshot(found: Teardown) -> str:
    """Return one sentence: how many steps, what is in the way, what is not known."""
    parts = [many(found.count(State.DUE), "step")]
    for state, words in ((State.CHOOSE, "for a person to choose"), (State.UNKNOWN, "unknown")):
        if count := found.count(state):
            parts.append(f"{count} {words}")
    if found.blockers:
        parts.append(f"{len(found.blockers)} in the way")
    if found.seen.unseen:
        parts.append(f"{many(len(found.seen.unseen), 'side')} not seen")
    return f"{found.seen.target}: {', '.join(parts)}. Nothing was written."


def show(
    page: Page, found: Teardown, profiles: Mapping[str, str], now: float, asked: AskedFor
) -> None:
    """Print what is in the way, the steps with their commands, what stays, and what to type next."""
    names = dict(found.seen.names)
    target = found.seen.target
    said = _named(target, names)
    page.line(f"How to take {said} apart, as read at {minute(now)} UTC", style="bold")
    if found.blockers:
        page.heading("In the way", "No step removes these. Remove them first, and print again.")
        for one in found.blockers:
            at = f"{_named(one.resource, names)} in {one.location}"
            page.line(f"{at}: {shown(one.words, MOST)}", steps=1, sign="!", hang=2)
            page.advice(one.remedy, steps=2)
    if found.steps:
        page.heading("Steps", "EC2 takes them in this order. It refuses one that comes too early.")
    for number, step in enumerate(found.steps, 1):
        _show_step(page, number, step, names, profiles)
    if found.notes:
        page.heading("What stays, and what others do")
        for note in found.notes:
            at = f"{_named(note.resource, names)} in {note.location}"
            page.line(f"{at}: {shown(note.words, MOST)}", steps=1, hang=2)
    page.blank()
    page.line(upshot(found), style="bold")
    if found.steps:
        page.line("The same as a script that stops at the first error, and as a list to check by:")
        page.command(f"{asked.again('teardown', target, '--shell')} > teardown.sh", steps=1)
        page.command(f"{asked.again('teardown', target, '--json')} > teardown.json", steps=1)
        page.line("And to see, afterwards, what is left behind:")
        after = ("--after", "--before", "teardown.json")
        page.command(asked.again("teardown", target, *after), steps=1)


def _named(resource: str, names: Mapping[str, str]) -> str:
    """Return the id with its name; a route has the name of its table."""
    id_, _, rest = resource.partition(" ")
    named = f'{id_} "{names[id_]}"' if id_ in names else id_
    return f"{named} {rest}".strip()


def _show_step(
    page: Page, number: int, step: Step, names: Mapping[str, str], profiles: Mapping[str, str]
) -> None:
    page.blank()
    where = f"{_named(step.resource, names)} in {step.location}"
    page.table([(f"{number:>3}", step.state.value, f"{step.kind.value} {where}")])
    page.line(shown(step.words, MOST), steps=3, hang=2)
    profile = profiles.get(step.location.account_id, "")
    for call in step.calls:
        page.command(call.command(profile), steps=4)
    if step.wait:
        page.line(f"Wait {step.wait.words}:", steps=3, hang=2)
        page.command(step.wait.command(profile), steps=4)
    if step.by_itself:
        page.line(step.by_itself, steps=3, hang=2, style="dim")
