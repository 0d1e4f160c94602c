"""The rows at the end: what was accepted, routed, held and why, carried, repaired, cleaned.

In: a tally, verdicts, names. Out: rows of text. Every number is a count of what happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from peerkeeper_cli.page.count import many
from peerkeeper_local.demo.tally import Route, Tally
from peerkeeper_local.demo.verdicts import Seen
from peerkeeper_local.telling.names import Names

History = Mapping[str, Sequence[Seen]]
Row = tuple[str, str, str]
"""What, how many, and which of them and why: a line each."""
SETTINGS = {
    "AllowRemoteDnsResolution": "DNS resolution, a side of a peering",
    "EnableDnsHostnames": "DNS hostnames of a VPC",
    "EnableDnsSupport": "DNS support of a VPC",
    "SetMapPublicIpOnLaunch": "public IPs of a subnet",
    "AddEndpointTable": "a table of a gateway endpoint",
    "EnablePrivateDns": "private DNS of an interface endpoint",
}


def rows(counted: Tally, history: History, names: Names) -> Iterator[Row]:
    """Yield a row for each thing that Peerkeeper did or did not do."""
    yield _row("accepted", "request", [names.known(each) for each in counted.accepted])
    yield _count("routed", "route", len(counted.routed), _by_peering(counted.routed, names))
    yield _row("held", "request", _held(counted, history, names))
    yield _row("failed", "request", _failed(counted, names))
    yield _row("carrying", "peering", _carrying(history))
    yield _row("in part only", "peering", _in_part(counted, history, names))
    yield _row("not carrying", "peering", _not_carrying(history))
    yield _row("repaired", "route", _repaired(counted, names))
    yield _count("cleaned", "route", len(counted.cleaned), _by_peering(counted.cleaned, names))
    yield _count("settings", "change", len(counted.settings), _settings(counted))


def _row(what: str, thing: str, which: list[str]) -> Row:
    return _count(what, thing, len(which), which)


def _count(what: str, thing: str, count: int, which: list[str]) -> Row:
    return what, many(count, thing), "\n".join(which)


def _by_peering(routes: list[Route], names: Names) -> list[str]:
    counts = Counter(names.known(each.peering) for each in routes)
    return [f"{peering}: {count}" for peering, count in sorted(counts.items())]


def _held(counted: Tally, history: History, names: Names) -> list[str]:
    return [
        f"{name}, {'accepted later' if id_ in counted.accepted else _now(history, name)}: "
        f"{names.known(', and '.join(reasons))}"
        for name, id_, reasons in sorted(
            (names.known(id_), id_, reasons) for id_, reasons in counted.held.items()
        )
    ]


def _failed(counted: Tally, names: Names) -> list[str]:
    return sorted(f"{names.known(id_)}: {reason}" for id_, reason in counted.failed.items())


def _carrying(history: History) -> list[str]:
    """Return those that carry, or did until they ended."""
    return [
        name if seen[-1].verdict == "carries" else f"{name}, until it was {seen[-1].status}"
        for name, seen in sorted(history.items())
        if any(one.verdict == "carries" for one in seen)
    ]


def _in_part(counted: Tally, history: History, names: Names) -> list[str]:
    """Return those that carried a part only at some time, and what was in the way."""
    return [
        f"{name}, {_how_long(seen)}: another route was in the way of "
        + ", ".join(
            f"{route.destination} in {names.known(route.table)}"
            for route in counted.blocked
            if names.known(route.peering) == name
        )
        for name, seen in sorted(history.items())
        if any(one.verdict == "partly" for one in seen)
    ]


def _how_long(seen: Sequence[Seen]) -> str:
    verdicts = [one.verdict for one in seen]
    return "for a time" if "carries" in verdicts[verdicts.index("partly") :] else "still"


def _not_carrying(history: History) -> list[str]:
    """Return those that never carried."""
    return [
        f"{name}: {seen[-1].status}"
        for name, seen in sorted(history.items())
        if not any(one.verdict == "carries" for one in seen)
    ]


def _settings(counted: Tally) -> list[str]:
    counts = Counter(SETTINGS.get(each["change"], each["change"]) for each in counted.settings)
    return [f"{what}: {count}" for what, count in sorted(counts.items())]


def _now(history: History, name: str) -> str:
    return history[name][-1].status if name in history else "not seen"


def _repaired(counted: Tally, names: Names) -> list[str]:
    return [
        f"{names.known(route.table)}, by {'the sweep' if by_sweep else 'its event'}"
        for route, by_sweep in counted.repaired
    ]
