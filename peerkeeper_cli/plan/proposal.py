"""The plan as one value: what every way to show it reads. In: an estate, what is foreseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peerkeeper.settings import Mode, Settings
from peerkeeper.values.connectivity import SideVerdict, upshots
from peerkeeper.values.findings import Finding

from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.names import Names
from peerkeeper_cli.foresight.foresee import Foreseen
from peerkeeper_cli.plan.finding_groups import Group, group_of, worst_first
from peerkeeper_cli.plan.standing_consents import StandingConsent, standing_consents
from peerkeeper_cli.plan.write import Write, kinds, write_of
from peerkeeper_cli.reader.covered import Covered


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that a plan says."""

    estate: Estate
    ahead: Foreseen
    mode: Mode
    """The mode that the writes are of."""
    accepted_unknown: frozenset[str]
    """Accounts that may stay unread without an exit code for it."""
    writes: tuple[Write, ...]
    refused: tuple[tuple[Write, str], ...]
    findings: tuple[Finding, ...]
    """Worst first."""
    standing: tuple[StandingConsent, ...]
    totals: Mapping[Mode, Mapping[str, int]]
    """Writes by kind, in each mode that writes."""

    @property
    def set_mode(self) -> Mode:
        """The mode in the settings."""
        return self.estate.settings.mode

    @property
    def verdicts(self) -> tuple[SideVerdict, ...]:
        """The verdict on each side, once all is done."""
        return self.ahead.verdicts

    @property
    def unknown(self) -> tuple[Covered, ...]:
        """What was not read, without what the user accepts as unknown. It only sets the exit code."""
        return tuple(one for one in self.estate.unread if one.account not in self.accepted_unknown)

    @property
    def carried(self) -> dict[str, int]:
        """How many sides carry all, a part, nothing, once all is done."""
        return upshots(self.verdicts)

    def in_group(self, group: Group) -> list[Finding]:
        """Return the findings of a group, worst first."""
        return [one for one in self.findings if group_of(one) is group]

    @property
    def exit_code(self) -> int:
        """Return 4 where something could not be read, 3 where something is due or blocked, else 0."""
        if self.unknown:
            return 4
        stands = self.in_group(Group.BLOCKED) or self.in_group(Group.CONSENT)
        return 3 if self.writes or self.refused or stands else 0


def proposal(
    estate: Estate, ahead: Mapping[Mode, Foreseen], mode: Mode, accepted: Iterable[str] = ()
) -> Proposal:
    """Return the plan for this mode; for `observe`, the one that would be in `full`."""
    shown = Mode.FULL if mode is Mode.OBSERVE else mode
    chosen, names = ahead[shown], Names(estate.seen)
    refused = (
        (write_of(change, chosen.seen, names, later=False), why) for change, why in chosen.refused
    )
    return Proposal(
        estate=estate,
        ahead=chosen,
        mode=shown,
        accepted_unknown=frozenset(accepted),
        writes=_writes(chosen, names),
        refused=tuple(refused),
        findings=tuple(worst_first(chosen.findings)),
        standing=standing_consents(estate.seen, _read_whole(estate)),
        totals={
            one: _totals(_writes(found, names), estate.settings) for one, found in ahead.items()
        },
    )


def _writes(found: Foreseen, names: Names) -> tuple[Write, ...]:
    now = [write_of(change, found.seen, names, later=False) for change in found.now]
    return (*now, *(write_of(change, found.seen, names, later=True) for change in found.later))


def _totals(writes: Iterable[Write], settings: Settings) -> dict[str, int]:
    counted = Counter(write.kind for write in writes)
    return {kind: counted[kind] for kind in kinds(settings)}


def _read_whole(estate: Estate) -> frozenset[str]:
    """Return the accounts of which every region was read, since a word in a tag names no region."""
    if not estate.all_regions:
        return frozenset()
    gaps = {one.account for one in estate.unread}
    return frozenset(one.account for one in estate.coverage) - gaps
