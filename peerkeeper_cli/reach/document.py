"""The answers as JSON. In: `Reached`. Out: plain values, by docs/schemas/cli/reach.schema.json.

`version` changes when a field is removed or changes its meaning. It stays the same for a new field.
"""

from __future__ import annotations

from typing import Any

from peerkeeper.planning.reachability.out_of_sight import OUT_OF_SIGHT
from peerkeeper.values.reachability import Answer

from peerkeeper_cli.page.moment import iso
from peerkeeper_cli.reach.end import End, action_of
from peerkeeper_cli.reach.question import Judged, Way
from peerkeeper_cli.reach.reached import Reached
from peerkeeper_cli.reach.word import Word

VERSION = 1


def document(found: Reached) -> dict[str, Any]:
    """Return both ways, and what could not be read."""
    there = found.there
    return {
        "version": VERSION,
        "read_at": iso(found.now),
        "traffic": str(found.traffic),
        "from": _end(found.source, there.source if there else None),
        "to": _end(found.target, there.target if there else None),
        "verdict": found.verdict.value,
        "asked": _way(there) if there else None,
        "other_way": _way(found.other) if found.other else None,
        "unread": [
            {
                "account": one.location.account_id,
                "region": one.location.region,
                "action": action_of(one.trouble),
                "words": str(one),
            }
            for one in found.unread
        ],
        "not_seen": [*OUT_OF_SIGHT],
        "exit_code": found.exit_code,
    }


def _end(typed: Word, end: End | None) -> dict[str, Any]:
    if end is None:
        return {"typed": typed.text, "found": False}
    return {
        "typed": typed.text,
        "found": True,
        "kind": end.kind.value,
        "id": end.id,
        "vpc": end.vpc_id,
        "account": end.location.account_id,
        "region": end.location.region,
        "readable": end.readable,
        "interfaces": [one.id for one in end.interfaces],
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "verdict": way.verdict.value,
        "pairs": way.pairs,
        "answers": [_judged(one) for one in way.judged],
    }


def _judged(judged: Judged) -> dict[str, Any]:
    later = judged.once_routed
    return {
        **judged.answer.to_dict(),
        "pairs": [{"from": str(one), "to": str(other)} for one, other in judged.pairs],
        "once_routed": _later(later) if later else None,
    }


def _later(answer: Answer) -> dict[str, Any]:
    return {"verdict": answer.verdict.value, "blocking": [hop.to_dict() for hop in answer.blocking]}
