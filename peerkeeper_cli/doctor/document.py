"""What the doctor found, as JSON. In: `Examined`. Out: plain JSON values.

`version` changes when a field is removed or changes its meaning. It stays the same for a new field.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_cli.doctor.examine import Examined
from peerkeeper_cli.page.moment import iso

VERSION = 1


def document(found: Examined) -> dict[str, Any]:
    """Return all of it, in order."""
    return {
        "version": VERSION,
        "read_at": iso(found.site.now),
        "hub": str(found.site.hub),
        "deployed": found.site.deployed,
        "settings_of": found.said,
        "checks": [one.to_dict() for one in found.checks],
        "exit_code": found.exit_code,
    }
