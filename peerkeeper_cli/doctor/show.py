"""Show what the doctor found. In: `Examined`. Out: text on a console: what fails first, what is well last."""

from __future__ import annotations

from collections.abc import Iterable

from peerkeeper.reporting.plain_text import plain
from peerkeeper.values.findings import first_of

from peerkeeper_cli.doctor.check import Check, Result
from peerkeeper_cli.doctor.examine import Examined
from peerkeeper_cli.page.moment import minute
from peerkeeper_cli.page.page import Page

MOST = 2000
"""Characters of one message."""
COMMANDS = ("aws ", "sam ", "git ")
FEW = 4
"""Places that are named; the rest is counted, and --json has all."""


def show(page: Page, found: Examined) -> None:
    """Print it all."""
    page.line(opening(found), style="bold")
    for result, heading, more in (
        (Result.FAIL, "Fails", "Each with its remedy, to run in the account that it names."),
        (Result.UNKNOWN, "Unknown", "AWS did not say."),
    ):
        checks = found.of(result)
        if checks:
            page.heading(f"{heading}: {len(checks)}", more)
            _show_each(page, checks)
    page.heading(f"Well: {len(found.of(Result.PASS))}")
    page.table([*_well(found.of(Result.PASS))], steps=1)
    if away := found.of(Result.NONE):
        page.heading("Not looked at")
        page.table([(one.result.value, one.name, one.words) for one in away], steps=1)


def opening(found: Examined) -> str:
    """Return the first line: what was examined, how it is, when."""
    fails, unknown = len(found.of(Result.FAIL)), len(found.of(Result.UNKNOWN))
    state = "all is well" if not fails + unknown else f"{fails} fail, {unknown} unknown"
    what = f"the hub in {found.site.hub}" if found.site.deployed else "before deployment"
    at = minute(found.site.now)
    return f"Doctor, {what}, by the settings of {found.said}: {state}, as read at {at} UTC"


def _show_each(page: Page, checks: Iterable[Check]) -> None:
    """Print each finding once, with all places that have it. A command stands below all that it fixes."""
    cures: dict[tuple[str, ...], dict[tuple[str, str], list[str]]] = {}
    for one in checks:
        found = cures.setdefault(one.mend or (one.words,), {})
        found.setdefault((one.name, one.words), []).append(one.where)
    for mend, findings in cures.items():
        for (name, words), places in findings.items():
            page.line(f"{name}  {_places(places)}", steps=1, sign="!", hang=2)
            page.line(plain(words, MOST), steps=3)
        for step in mend if mend != (words,) else ():
            if step.startswith(COMMANDS):
                page.command(step, steps=4)
            else:
                page.line(step, steps=4)


def _well(checks: Iterable[Check]) -> Iterable[tuple[str, str, str]]:
    """Yield a row a kind of check: a single one in full, several as a count."""
    groups: dict[str, list[Check]] = {}
    for one in checks:
        groups.setdefault(one.name, []).append(one)
    for name, here in groups.items():
        if len(here) == 1:
            yield "pass", name, f"{plain(here[0].words, MOST)} ({here[0].where})"
        else:
            yield "pass", name, f"{len(here)}: {_places([one.where for one in here])}"


def _places(places: list[str]) -> str:
    return first_of(dict.fromkeys(places), FEW)
