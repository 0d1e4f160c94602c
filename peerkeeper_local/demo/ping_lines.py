"""Both ways of a ping as lines of the demo. In: ways, names. Out: markup. Pure.

| both answers                              | what is said                                          |
|-------------------------------------------|-------------------------------------------------------|
| would reach                               | one line                                              |
| blocked at the peering, in either way     | one line, with the peering                            |
| any others                                | a line a way, with the first hop that blocks          |

A hop that blocks on the way back is a reply that would not come.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Answer, Hop, HopKind, State, Verdict
from rich.markup import escape

from peerkeeper_cli.reach.hop_lines import hop_lines
from peerkeeper_cli.reach.question import Way
from peerkeeper_local.story.hosts import HOSTS
from peerkeeper_local.telling.names import Names

COLOURS = {State.PASSED: "green", State.BLOCKED: "red", State.UNKNOWN: "magenta"}
ELSEWHERE = ", which does not lead to"
"""How the judge says that a table sends the packets to another target."""


def ping_lines(there: Way, back: Way, names: Names) -> Iterator[str]:
    """Yield one line or two: whether each host would reach the other, or what is in the way."""
    answers = [each.judged[0].answer for each in (there, back)]
    shared = _together(*answers)
    for answer in [shared] if shared else answers:
        one, other = _host(answer.source), _host(answer.target)
        hosts = f"{one} and {other}" if shared else f"{one} to {other}"
        each = " each other" if shared and answer.verdict is Verdict.REACHES else ""
        yield f"ping {hosts}: {_said(answer, names)}{each}"


def hops(way: Way, names: Names) -> Iterator[str]:
    """Yield who pings whom, then a line for each hop."""
    answer = way.judged[0].answer
    yield f"[dim]{_host(answer.source)} to {_host(answer.target)}[/]"
    for line in hop_lines(answer):
        mark = f"[{COLOURS[line.state]}]{line.sign()}[/]"
        on = "back, " if line.back else ""
        yield f"{mark} [dim]{on}{line.hop}:[/] {escape(_named(line.words, answer, names))}"


def _together(there: Answer, back: Answer) -> Answer | None:
    """Return the answer that says both ways at once."""
    if there.verdict is back.verdict is Verdict.REACHES:
        return there
    held = [_held(one) for one in (there, back) if one.verdict is not Verdict.REACHES]
    at_the_peering = len(held) == 2 and all(hop.kind is HopKind.PEERING for hop in held)
    return there if at_the_peering else None


def _said(answer: Answer, names: Names) -> str:
    if answer.verdict is Verdict.REACHES:
        return "[green]would reach[/]"
    hop = _held(answer)
    known = {State.BLOCKED: "no reply" if hop.back else "blocked", State.UNKNOWN: "unknown"}
    return (
        f"[{COLOURS[hop.state]}]{known[hop.state]}[/]: {escape(_named(_short(hop), answer, names))}"
    )


def _held(answer: Answer) -> Hop:
    """Return the hop that says the most: the peering, else the first in the way of the packets."""
    stopped = answer.blocking or answer.unknown
    return next((hop for hop in stopped if hop.kind is HopKind.PEERING), stopped[0])


def _short(hop: Hop) -> str:
    if hop.rule and ELSEWHERE in hop.words:
        return f"{hop.where} sends it to {hop.rule.rpartition(' -> ')[2]}"
    return hop.words


def _named(words: str, answer: Answer, names: Names) -> str:
    """Return words with the hosts' names and all other names in place of ids."""
    for end in (answer.source, answer.target):
        words = words.replace(str(end), _host(end))
    return names.known(words)


def _host(end: Endpoint) -> str:
    return next(each.name for each in HOSTS if each.region == end.location.region)
