"""What can be in the cloud at first. In: what the command line said. Out: a seed, or why it is none.

What each seed puts into the cloud is in `seeds` and `moments`. Light: `--help` waits for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

EVENTS = Path(__file__).parents[2] / "events"
FIRST = "create-vpc-peering-connection"
"""The sample at which the samples' world stands unless told otherwise: the request waits."""


class Seed(StrEnum):
    """Nothing made, the story's VPCs, what events/*.json name, or a large estate."""

    NONE = "none"
    STORY = "story"
    EVENTS = "events"
    ESTATE = "estate"


class SeedError(ValueError):
    """What was asked for is no seed; the text says what is, `option` which word of the command line."""

    def __init__(self, message: str, option: str = "--at") -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class Wanted:
    """A seed: one of the names, with the sample at whose moment it stands, or a saved cloud's file."""

    seed: Seed | Path
    sample: str = FIRST

    def __str__(self) -> str:
        """Return it in words, for a person."""
        at = f" at {self.sample}" if self.seed is Seed.EVENTS else ""
        return f"{self.seed}{at}"


def wanted(seed: str, sample: str | None = None) -> Wanted:
    """Return what `--seed` and `--at` ask for. Raises SeedError.

    `sample` is a sample's name or its file; only the seed `events` has moments.
    """
    chosen = Seed(seed) if seed in list(Seed) else Path(seed)
    if isinstance(chosen, Path) and not chosen.is_file():
        names = ", ".join(Seed)
        raise SeedError(f"{seed!r} must be one of {names}, or a file that `dump` wrote", "--seed")
    if sample is None:
        return Wanted(chosen)
    if chosen is not Seed.EVENTS:
        raise SeedError("it goes with --seed events")
    stem = Path(sample).name.removesuffix(".json")
    if stem not in samples():
        raise SeedError(f"{sample!r} is not one of the samples: {', '.join(samples())}")
    return Wanted(chosen, stem)


def samples() -> list[str]:
    """Return the names of the sample events, sorted."""
    return sorted(file.stem for file in EVENTS.glob("*.json"))
