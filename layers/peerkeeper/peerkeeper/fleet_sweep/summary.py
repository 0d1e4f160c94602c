"""One summary of a sweep of the fleet, from what the state machine's Map wrote of each location.

In: the locations that were listed, child executions as Step Functions exports them, and the locations that
were skipped. Out: `Summary`, as a whole document and as the detail of the event FleetSweepFinished. That
detail is small for a fleet of any size.

    the Map's file   the child's output or cause      the location is
    SUCCEEDED        the sweep's result               done
    SUCCEEDED        the sweep's result, unread       failed, and not against the run: no role in the account
    FAILED           the sweep's result, unread       failed: its own words; what was found still counts
    FAILED           anything else: a crash, a stop   failed: the error's name and cause
    PENDING          none                             pending: the run ended before its turn
    none             -                                failed: it was listed, and no result names it

If a result is missing, the run is tolerated only up to `TOLERATED` percent of locations that are FAILED or
have no result. The percentage is of the listed locations, not of those that came back.
Source: Step Functions developer guide, ResultWriter.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerkeeper.fleet_sweep.locations import MOST_WHY
from peerkeeper.reporting.plain_text import plain

TOLERATED = 50
"""Percent of the locations that may fail; the Map's ToleratedFailurePercentage."""
NO_RESULT = "it was listed, and the sweep of the fleet wrote no result of it"
SHOWN = 20
"""Failed and skipped locations that the event names; the document names all of them."""


@dataclass(frozen=True, slots=True)
class Swept:
    """The result of one location."""

    location: str
    status: str
    """done, failed or pending."""
    why: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    """What the sweep returned of it; empty where it returned nothing."""
    counts: bool = False
    """Whether its failure counts against the run."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One run over the fleet."""

    run: str
    swept: tuple[Swept, ...]
    skipped: tuple[Mapping[str, str], ...] = ()
    error: str = ""
    """Why the run as a whole failed; empty where its failures are tolerated."""

    def of(self, status: str) -> list[Swept]:
        """Return the locations that ended so."""
        return [one for one in self.swept if one.status == status]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole summary as plain JSON values, in a stable order."""
        found: Counter[str] = Counter()
        carried: Counter[str] = Counter()
        reaches: Counter[str] = Counter()
        for one in self.swept:
            found.update(one.result.get("findings", {}))
            carried.update(one.result.get("verdicts", {}))
            reaches.update(one.result.get("reaches", {}))
        return {
            "run": self.run,
            "tolerated": not self.error,
            "error": self.error,
            "locations": {
                "done": len(self.of("done")),
                "failed": len(self.of("failed")),
                "pending": len(self.of("pending")),
                "skipped": len(self.skipped),
            },
            "findings": dict(sorted(found.items())),
            "verdicts": dict(sorted(carried.items())),
            **({"reaches": dict(sorted(reaches.items()))} if reaches else {}),
            "hand_offs": sum(one.result.get("hand_offs", 0) for one in self.swept),
            "calls": sum(one.result.get("calls", 0) for one in self.swept),
            "failed": [{"location": one.location, "why": one.why} for one in self.of("failed")],
            "skipped": list(self.skipped),
            "found": [
                {"location": one.location, "findings": one.result["findings"]}
                for one in self.swept
                if one.result.get("findings")
            ],
        }

    def detail(self, document: str) -> dict[str, Any]:
        """Return the detail of FleetSweepFinished: the counts, a few names, and where the document is."""
        whole = self.to_dict()
        del whole["found"]
        few = {name: whole[name][:SHOWN] for name in ("failed", "skipped")}
        counts = ", ".join(f"{count} {status}" for status, count in whole["locations"].items())
        message = f"The sweep of the fleet ended. Locations: {counts}."
        if whole["verdicts"]:
            carried = ", ".join(f"{count} {upshot}" for upshot, count in whole["verdicts"].items())
            message += f" Sides of agreed peerings: {carried}."
        return {"message": message, **whole, **few, "document": document}


def summary_of(
    run: str,
    children: Mapping[str, Iterable[Mapping[str, Any]]],
    skipped: Iterable[Mapping[str, str]] = (),
    error: str = "",
    *,
    listed: Iterable[str] = (),
) -> Summary:
    """Return the summary of a run. `children`: child executions by the Map's file they stand in.

    `listed`: the locations that the Map was given; of each there must be a result.
    """
    swept = [one for kind, items in children.items() for each in items for one in _of(kind, each)]
    known = {one.location for one in swept}
    missing = [one for one in listed if one not in known]
    swept += [Swept(one, "failed", NO_RESULT, counts=True) for one in missing]
    return Summary(
        run,
        tuple(sorted(swept, key=lambda one: one.location)),
        tuple(skipped),
        plain(error) or (_too_many(swept, len(missing)) if missing else ""),
    )


def _too_many(swept: list[Swept], missing: int) -> str:
    """Return why the run is not tolerated; empty where it is."""
    against = sum(one.counts for one in swept)
    if against * 100 <= TOLERATED * len(swept):
        return ""
    return (
        f"{missing} of {len(swept)} locations that were listed have no result, and {against} failed in all: "
        f"more than {TOLERATED} percent"
    )


def _of(kind: str, child: Mapping[str, Any]) -> list[Swept]:
    """Return the results of the child's locations; a child without results gives its status to each."""
    results = _results(child.get("Output" if kind == "SUCCEEDED" else "Cause"))
    if results:
        return [_with_result(each, kind) for each in results]
    status = "pending" if kind == "PENDING" else "failed"
    why = " ".join(str(child.get(name, "")) for name in ("Error", "Cause")).strip()
    given = _read(child.get("Input")).get("locations", [])
    return [
        Swept(
            f"{at.get('account')}/{at.get('region')}",
            status,
            plain(why, MOST_WHY),
            counts=kind == "FAILED",
        )
        for at in given
    ]


def _with_result(result: Mapping[str, Any], kind: str) -> Swept:
    status = "failed" if result.get("unread") else "done"
    why = plain(str(result.get("why", "")), MOST_WHY)
    return Swept(str(result["location"]), status, why, result, counts=kind == "FAILED")


def _results(text: object) -> list[Mapping[str, Any]]:
    results = _read(text).get("results", [])
    return [each for each in results if isinstance(each, Mapping) and "location" in each]


def _read(text: object) -> Mapping[str, Any]:
    """Return the object in the text: Step Functions writes input, output and cause as JSON in a string."""
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        found = None
    return found if isinstance(found, Mapping) else {}
