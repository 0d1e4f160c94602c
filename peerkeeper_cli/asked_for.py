"""What the command line asks for: whom to read as, where, by which settings. In: nothing. Out: `AskedFor`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The options that every reading command shares."""

    command: str
    endpoint: str | None = None
    profiles: tuple[str, ...] = ()
    role_name: str | None = None
    external_id: str = ""
    accounts: tuple[str, ...] = ()
    """To read with the role; empty: those of the settings, or else those that peerings name."""
    regions: tuple[str, ...] = ()
    hub: str | None = None
    """The hub's region; empty: it is looked for."""
    config: Path | None = None
    config_env: str = "default"
    given: Mapping[str, str] = field(default_factory=dict)
    """Parameters named one by one."""


class ReadError(Exception):
    """Nothing can be said; the words name every fault and its remedy."""
