"""A teardown as a script for bash. In: a teardown, profiles by account. Out: text.

The script stops at the first error and waits where AWS is asynchronous. It begins with a test that the
credentials are of the right account. Where something stands in the way, or an own account could not be read,
it ends before the first call.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import groupby

from peerkeeper.reporting.plain_text import plain

from peerkeeper_cli.page.moment import minute
from peerkeeper_cli.teardown.order.call import Call
from peerkeeper_cli.teardown.order.step import State, Step
from peerkeeper_cli.teardown.order.teardown import Teardown

FUNCTIONS = "script.sh"
MOST = 300


def script(found: Teardown, profiles: Mapping[str, str], now: float, endpoint: str = "") -> str:
    """Return the script. `endpoint`: where a local cloud is served; empty for AWS."""
    functions = files(__package__).joinpath(FUNCTIONS).read_text("utf-8")
    lines = [
        "#!/usr/bin/env bash",
        f"# Teardown of {found.seen.target}, as read at {minute(now)} UTC.",
        functions.rstrip(),
        "",
        *_stops(found),
        *_credentials(found, profiles, endpoint),
        *_steps(found),
    ]
    return "\n".join(lines) + "\n"


def _stops(found: Teardown) -> Iterator[str]:
    """Yield what ends the script before its first call."""
    for one in found.notes:
        yield f"# {one.resource}: {plain(one.words, MOST)}"
    for blocker in found.blockers:
        words = f"in the way: {blocker.resource}: {blocker.words}. {blocker.remedy}"
        yield f"echo {shlex.quote(plain(words, MOST))} >&2"
    for unread in found.seen.unread:
        words = f"unknown: {unread.kind.value} of {unread.resource}: {unread.words}"
        yield f"echo {shlex.quote(plain(words, MOST))} >&2"
    if found.seen.unread:
        yield "exit 4"
    elif found.blockers:
        yield "exit 3"


def _credentials(found: Teardown, profiles: Mapping[str, str], endpoint: str) -> Iterator[str]:
    if endpoint:
        yield f"export AWS_ENDPOINT_URL={shlex.quote(endpoint)}"
    accounts = sorted({call.location.account_id for step in found.steps for call in _made(step)})
    for account in accounts:
        if account in profiles:
            yield f"PROFILE_{account}=${{PROFILE_{account}:-{shlex.quote(profiles[account])}}}"
        yield f"own {account}"


def _made(step: Step) -> tuple[Call, ...]:
    wait = (step.wait.call,) if step.wait else ()
    return (*step.calls, *wait) if step.state is State.DUE else ()


def _steps(found: Teardown) -> Iterator[str]:
    """Yield the steps. Of one kind all calls are made first, so that their waits run side by side."""
    numbered = [*enumerate(found.steps, 1)]
    for _, same in groupby(numbered, lambda one: one[1].kind):
        alike = [*same]
        for number, step in alike:
            yield from _calls(number, step)
        for number, step in alike:
            yield from _wait(number, step)
    yield ""
    yield "now=end"
    yield f"echo {shlex.quote(f'All {len(numbered)} steps are done.')}"


def _calls(number: int, step: Step) -> Iterator[str]:
    words = f"{step.kind.value} {step.resource}: {plain(step.words, MOST)}"
    yield ""
    if step.state is State.CHOOSE:
        yield f"# {number}. {words}"
        yield from (f"# as {call.location.account_id} {call.command()}" for call in step.calls)
        return
    yield f"step {number} {shlex.quote(words)}"
    codes = "|".join(code.replace(".", r"\.") for code in step.gone)
    for call in step.calls:
        verb = "all" if call.query else "run"
        yield f"{verb} {shlex.quote(codes)} {call.location.account_id} {call.command()}"


def _wait(number: int, step: Step) -> Iterator[str]:
    if step.wait and step.state is State.DUE:
        yield f"step {number} {shlex.quote(f'wait for {step.resource} {step.wait.words}')}"
        verb = "as" if step.wait.waiter else "empty"
        yield f"{verb} {step.wait.call.location.account_id} {step.wait.command()}"
