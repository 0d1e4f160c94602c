"""What the user said to read, and so left out. In: options, logins. Out: `Narrowing`."""

from __future__ import annotations

from dataclasses import dataclass

from peerkeeper.values.ec2 import Location


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The Regions and accounts that the user named. Empty: no option leaves any out."""

    regions: tuple[str, ...] = ()
    """The values of --region."""
    accounts: tuple[str, ...] = ()
    """The values of --account: with --role-name, the only ones that the role is assumed in."""
    logins: frozenset[str] = frozenset()
    """The accounts that the command can ask. For these only --region can leave a location out."""

    def left_out(self, place: Location) -> str:
        """Return which option leaves the location out, and what to add. Empty if none does."""
        if place.account_id not in self.logins:
            if not self.accounts or place.account_id in self.accounts:
                return ""
            return f"not among the --account that you named: add --account {place.account_id}"
        if not self.regions or place.region in self.regions:
            return ""
        return f"not among the --region that you named: add --region {place.region}"
