"""An explanation as JSON. In: an explanation. Out: plain values, by docs/schemas/cli/explain.schema.json.

`version` changes when a field is removed or changes its meaning. It stays the same for a new field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from peerkeeper_cli.estate.names import names_of
from peerkeeper_cli.explain.explained import Explained
from peerkeeper_cli.explain.order import ordered
from peerkeeper_cli.explain.upshot import Next, counts, upshot
from peerkeeper_cli.page.moment import iso

VERSION = 1


def document(told: Explained, steps: Sequence[Next], *, failed_only: bool) -> dict[str, Any]:
    """Return the whole explanation, failing tests first. `failed_only` leaves out all other tests."""
    estate, found = told.estate, told.found
    tests = ordered(found.lines, failed_only=failed_only)
    return {
        "version": VERSION,
        "settings_of": estate.said,
        "read_at": iso(estate.seen.now),
        **found.to_dict(),
        "lines": [asdict(line) for line in tests],
        "counts": counts(found),
        "upshot": upshot(found),
        "shown_by_peerings": told.row.to_dict() if told.row else None,
        "names": names_of(estate.seen),
        "next": [step.command for step in steps],
        "exit_code": found.exit_code,
    }
