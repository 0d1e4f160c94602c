"""A template's parameters: what was given for them, and what is wrong with it.

In: the parameters that a template declares, and values by name. Out: every value as text, or every fault in
words that say what would do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from peerkeeper_local.deployment.resources import DeploymentError


def parameter_values(declared: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return each parameter's text. Raises DeploymentError with all that CloudFormation would refuse."""
    if found := list(parameter_faults(declared, given)):
        raise DeploymentError("; ".join(found))
    return {name: str(given.get(name, spec.get("Default"))) for name, spec in declared.items()}


def parameter_faults(declared: Mapping[str, Any], given: Mapping[str, str]) -> Iterator[str]:
    """Yield each fault with its remedy: unknown names first, then the parameters as declared.

    Source: CloudFormation User Guide, parameters.
    """
    for name in sorted(given.keys() - declared.keys()):
        yield f"no such parameter: {name}; {_instead(name, declared)}"
    for name, spec in declared.items():
        if name not in given and "Default" not in spec:
            yield f"parameter {name} has no default: give it a value"
        else:
            yield from _of_value(name, str(given.get(name, spec.get("Default"))), spec)


def _instead(name: str, declared: Mapping[str, Any]) -> str:
    """Return which name was meant, or all that there are."""
    by_small = {each.lower(): each for each in declared}
    near = get_close_matches(name.lower(), by_small, n=1)
    return f"did you mean {by_small[near[0]]}?" if near else f"there are {', '.join(declared)}"


def _of_value(name: str, text: str, spec: Mapping[str, Any]) -> Iterator[str]:
    allowed = [str(value) for value in spec.get("AllowedValues", [text])]
    pattern = spec.get("AllowedPattern", "(?s:.*)")
    takes = spec.get("ConstraintDescription", pattern)
    if text not in allowed:
        yield f"parameter {name}: {text!r} is not one of {', '.join(allowed)}"
    elif len(text) > (most := int(spec.get("MaxLength", len(text)))):
        yield f"parameter {name}: {len(text)} characters are more than {most}; it takes {takes}"
    elif not re.fullmatch(pattern, text):
        yield f"parameter {name}: {text!r} does not match; it takes {takes}"
