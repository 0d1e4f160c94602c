"""An adoption as JSON. In: an estate, an adoption. Out: plain JSON values, in a stable order."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from peerkeeper.values.changes import to_dict

from peerkeeper_cli.adopt.adoption import Adoption
from peerkeeper_cli.estate.estate import Estate

VERSION = 1


def document(estate: Estate, found: Adoption) -> dict[str, Any]:
    """Return the whole adoption."""
    return {
        "version": VERSION,
        "settings_of": estate.said,
        "coverage": [one.to_dict() for one in estate.coverage],
        "tags": [tag.to_dict() for tag in found.tags],
        "adopted": [*found.adopted],
        "not_adopted": [asdict(one) for one in found.left],
        "brings": [to_dict(change) for change in found.brings],
        "accepts": [*found.accepts],
    }
