"""A part of an estate, as `--only` names it. In: rows and words. Out: the rows that they name."""

from __future__ import annotations

from collections.abc import Sequence

from peerkeeper_cli.peerings.peering_row import PeeringRow, Verdict, VpcEnd
from peerkeeper_cli.peerings.vpc_row import VpcRow


class OnlyError(Exception):
    """A word that names nothing of the estate; the message lists what would."""


def only(
    rows: Sequence[PeeringRow], vpcs: Sequence[VpcRow], words: Sequence[str]
) -> tuple[tuple[PeeringRow, ...], tuple[VpcRow, ...]]:
    """Return the peerings that the words name, and their VPCs; everything where there are no words.

    a word is        a peering is in where
    a verdict        it is its own
    an account       one of its ends lies there
    a Region         one of its ends lies there
    a VPC's id       it is one of its ends

    Several words of one kind: one of them is enough. Words of several kinds: each kind must agree.
    Errors: OnlyError, naming every word of no such kind.
    """
    if not words:
        return tuple(rows), tuple(vpcs)
    kinds = [{str(verdict) for verdict in Verdict}, *_places(rows, vpcs)]
    unknown = [word for word in words if not any(word in kind for kind in kinds)]
    if unknown:
        raise OnlyError(
            f"--only {', --only '.join(unknown)}: no verdict, account, Region or VPC of this estate. "
            f"Verdicts: {', '.join(Verdict)}. Accounts: {', '.join(sorted(kinds[1])) or 'none'}. "
            f"Regions: {', '.join(sorted(kinds[2])) or 'none'}."
        )
    asked = [kind & {*words} for kind in kinds]
    kept = tuple(row for row in rows if _agrees(row, asked))
    ends = {end.vpc_id for row in kept for end in (row.requester, row.accepter)}
    return kept, tuple(vpc for vpc in vpcs if vpc.vpc_id in ends)


def _places(rows: Sequence[PeeringRow], vpcs: Sequence[VpcRow]) -> tuple[set[str], ...]:
    every: list[VpcRow | VpcEnd] = [*vpcs]
    every += [end for row in rows for end in (row.requester, row.accepter)]
    return (
        {one.account for one in every},
        {one.region for one in every},
        {one.vpc_id for one in every},
    )


def _agrees(row: PeeringRow, asked: Sequence[set[str]]) -> bool:
    ends = (row.requester, row.accepter)
    has = (
        {str(row.verdict)},
        {end.account for end in ends},
        {end.region for end in ends},
        {end.vpc_id for end in ends},
    )
    return all(not words or words & own for words, own in zip(asked, has, strict=True))
