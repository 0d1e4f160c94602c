"""What the command line asks for: whom to read as, where, by which settings. In: nothing. Out: `AskedFor`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from peerkeeper_cli.page.typed import typed


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The options that every reading command shares."""

    command: str
    endpoint: str | None = None
    profiles: tuple[str, ...] = ()
    role_name: str | None = None
    external_id: str = ""
    accounts: tuple[str, ...] = ()
    """Accounts to read with the role. Empty: the settings' accounts, or else those that peerings name."""
    regions: tuple[str, ...] = ()
    hub: str | None = None
    """The hub's region, or empty to look for it."""
    config: Path | None = None
    config_env: str = "default"
    given: Mapping[str, str] = field(default_factory=dict)
    """Parameters named one by one."""
    own: tuple[str, ...] = ()
    """Options of the command itself that it needs again to say the same, such as --mode add-only."""

    def again(self, command: str, *more: str) -> str:
        """Return a command that reads what this one reads, as it is typed: with the options of the user.

        `more`: words of that command, such as --blocked.
        """
        own = self.own if command == self.command else ()
        words = shlex.join((command, *more, *own))
        return f"{typed()} {words}{self.typed}"

    @property
    def typed(self) -> str:
        """The options as they are typed, for a command that reads the same; empty, or with a blank before."""
        words = [
            *_pairs("--endpoint", self.endpoint),
            *_pairs("--profile", *self.profiles),
            *_pairs("--role-name", self.role_name),
            *_pairs("--external-id", self.external_id),
            *_pairs("--account", *self.accounts),
            *_pairs("--region", *self.regions),
            *_pairs("--hub", self.hub),
            *_pairs("--config", str(self.config) if self.config else ""),
            *_pairs("--config-env", self.config_env if self.config_env != "default" else ""),
            *_pairs("--set", *(f"{name}={value}" for name, value in self.given.items())),
        ]
        return f" {shlex.join(words)}" if words else ""


def _pairs(option: str, *values: str | None) -> list[str]:
    return [word for value in values if value for word in (option, value)]


class ReadError(Exception):
    """Nothing can be said; the words name every fault and its remedy."""
