"""What the state machine asks of the sweep: exactly these locations, one result each.

In: `{"peerkeeper": "sweep", "locations": [{"account": …, "region": …}]}`. Out: locations; for each report a
result small enough for a state. Raises MessageError for what cannot be read or is not covered.

    what could not be read         the location is    it counts against the run
    nothing                        done               no
    the account: no role of ours   failed             no: a roll-out begins with most accounts out of reach
    anything else                  failed             yes: where most locations are so, the hub ails
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peerkeeper.errors import MessageError, quoted
from peerkeeper.reporting.report import Report
from peerkeeper.settings import ACCOUNT, REGION, Settings
from peerkeeper.values.connectivity import reached, upshots
from peerkeeper.values.ec2 import Location
from peerkeeper.values.findings import BESIDE, LACKS, Code, Finding

ASKS = "sweep"
MOST_LOCATIONS = 50
"""In one invocation: one is usual; each more has less time."""
MOST_WHY = 400
"""Characters of what STS says, and of what to grant."""


def is_asked(event: object) -> bool:
    """Tell whether the event asks for a sweep of named locations."""
    return isinstance(event, Mapping) and event.get("peerkeeper") == ASKS


def locations_from(event: Mapping[str, Any], settings: Settings) -> tuple[Location, ...]:
    """Return the locations asked for, in order of account. Raises MessageError with every fault."""
    raw = event.get("locations")
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST_LOCATIONS:
        raise MessageError(
            "This sweep cannot be done:", [f"locations is no list of 1 to {MOST_LOCATIONS}"]
        )
    faults = [fault for one in raw for fault in _faults(one, settings)]
    if faults:
        raise MessageError("This sweep cannot be done:", faults)
    return tuple(sorted({Location(one["account"], one["region"]) for one in raw}))


def _faults(raw: object, settings: Settings) -> Iterator[str]:
    if not isinstance(raw, Mapping):
        yield f"{quoted(raw)} is no object"
        return
    account, region = raw.get("account"), raw.get("region")
    if not (isinstance(account, str) and ACCOUNT.fullmatch(account)):
        yield f"{quoted(account)} is not a 12-digit account id"
    elif not (isinstance(region, str) and REGION.fullmatch(region)):
        yield f"{quoted(region)} is not a region name"
    elif not settings.covers(Location(account, region)):
        yield f"{Location(account, region)} is not managed by this stack"


def result_of(location: Location, report: Report, calls: int) -> dict[str, Any]:
    """Return what a sweep of one location found, without its words: those are in the function's log.

    `calls`: to EC2. `unread`: something could not be read, so what was found is not all there is.
    """
    found = Counter(finding.code.value for finding in report.findings)
    about = [one for one in report.findings if one.subject not in BESIDE]
    unread = LACKS & {one.code.value for one in about}
    result: dict[str, Any] = {
        "location": str(location),
        "findings": dict(sorted(found.items())),
        "hand_offs": len(report.hand_offs),
        "verdicts": upshots(report.verdicts),
        **({"reaches": looked} if (looked := reached(report.verdicts)) else {}),
        "calls": calls,
        "unread": bool(unread),
    }
    if unread:
        result["why"] = _first(about)
        result["lacks"] = sorted(unread)
    return result


def reply_of(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the function's reply: the results, and as `unread` whether one counts against the run."""
    return {"results": results, "unread": any(map(_against_the_run, results))}


def _against_the_run(result: Mapping[str, Any]) -> bool:
    return bool({*result.get("lacks", ())} - {Code.UNREACHABLE.value})


def _first(findings: Iterable[Finding]) -> str:
    """Return the words of the first finding about a read, short enough for 10,000 of them."""
    words = next(one.message for one in findings if one.code.value in LACKS)
    return words if len(words) <= MOST_WHY else f"{words[: MOST_WHY - 3]}..."
