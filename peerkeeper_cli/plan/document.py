"""A plan as JSON. In: a proposal. Out: plain JSON values, by docs/schemas/plan.schema.json.

`version` changes when a field is removed or changes its meaning. It stays the same for a new field.
"""

from __future__ import annotations

from typing import Any

from peerkeeper_cli.page.moment import iso
from peerkeeper_cli.plan.finding_groups import group_of
from peerkeeper_cli.plan.proposal import Proposal

VERSION = 1


def document(plan: Proposal) -> dict[str, Any]:
    """Return the whole plan, in a stable order."""
    return {
        "version": VERSION,
        "mode": plan.mode.value,
        "mode_in_settings": plan.set_mode.value,
        "settings_of": plan.estate.said,
        "read_at": iso(plan.estate.seen.now),
        "coverage": [one.to_dict() for one in plan.estate.coverage],
        "complete": not plan.estate.unread,
        "writes": [write.to_dict() for write in plan.writes],
        "refused": [{**write.to_dict(), "why": why} for write, why in plan.refused],
        "findings": [
            {
                **finding.to_dict(),
                "group": group_of(finding).value,
                **({"peering": finding.pcx_id} if finding.pcx_id else {}),
            }
            for finding in plan.findings
        ],
        "verdicts": [verdict.to_dict() for verdict in plan.verdicts],
        "standing_consents": [one.to_dict() for one in plan.standing],
        "totals": {mode.value: dict(counted) for mode, counted in plan.totals.items()},
        "exit_code": plan.exit_code,
    }
