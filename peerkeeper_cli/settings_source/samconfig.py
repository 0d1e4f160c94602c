"""Parameters of a samconfig.toml, as `sam deploy` would give them. In: a file. Out: names and values.

Source: SAM developer guide, configuration file: [environment.deploy.parameters] parameter_overrides.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerkeeper_cli.settings_source.overrides import overrides
from peerkeeper_cli.settings_source.pairs import PairsError


class ConfigError(Exception):
    """The file cannot be read, or does not say what it should."""


class NoEnvironmentError(ConfigError):
    """The file has no such environment. `sam deploy` then takes no parameter from it."""


@dataclass(frozen=True, slots=True)
class SamConfig:
    """What `sam deploy` would read from the file."""

    parameters: dict[str, str]
    region: str = ""


def samconfig(path: Path, environment: str = "default") -> SamConfig:
    """Return the parameters in the file. Raises ConfigError with what is wrong and how to fix it."""
    parameters = _parameters(path, environment)
    return SamConfig(
        _overrides(path, parameters.get("parameter_overrides", "")),
        str(parameters.get("region", "")),
    )


def stack_name(path: Path, environment: str = "default") -> str:
    """Return the stack that the file is for; empty if it names none, or cannot be read."""
    try:
        return str(_parameters(path, environment).get("stack_name", ""))
    except ConfigError:
        return ""


def _parameters(path: Path, environment: str) -> dict[str, Any]:
    """Return what the file gives `sam deploy`. Raises ConfigError."""
    try:
        found = tomllib.loads(path.read_text())
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no TOML: {error}") from error
    if environment not in found:
        there = ", ".join(name for name, one in found.items() if isinstance(one, dict)) or "none"
        raise NoEnvironmentError(
            f"{path} has no environment {environment}, only {there}: name one with --config-env"
        )
    return {**_section(found, environment, "global"), **_section(found, environment, "deploy")}


def _section(found: dict[str, Any], environment: str, command: str) -> dict[str, Any]:
    section = found[environment].get(command, {})
    parameters = section.get("parameters", {}) if isinstance(section, dict) else {}
    return parameters if isinstance(parameters, dict) else {}


def _overrides(path: Path, said: object) -> dict[str, str]:
    where = f"{path}: parameter_overrides"
    try:
        return overrides(said, where)
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{where} cannot be read: {error}") from error
    except PairsError as error:
        raise ConfigError(str(error)) from error
