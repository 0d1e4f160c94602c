"""The template's parameter Mode, as an option: `--help` need not wait for the settings to be imported."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What the functions may do."""

    OBSERVE = "observe"
    ADD_ONLY = "add-only"
    FULL = "full"
