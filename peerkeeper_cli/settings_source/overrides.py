"""The value of parameter_overrides, in each form that SAM takes. In: a value of a samconfig.toml. Out: pairs.

    the value                                          what it gives
    "Name=Value Other=Value"                           each word
    "ParameterKey=Name,ParameterValue=Value ..."       each word; the two forms must not be mixed
    a table: Name = "Value"                            each key; a list joined by commas
    a list                                             each item, by the rows above

SAM drops the words of the first form if there is one of the second, and it reads more files for `file://` and
`$include`. This module refuses both, because the file does not say all that `sam deploy` would set.
Source: SAM CLI 1.170.0, samcli/cli/types.py, CfnParameterOverridesType.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping

from peerkeeper_cli.settings_source.pairs import pairs

LONG = re.compile(r"ParameterKey=(?P<name>[^,]*),ParameterValue=(?P<value>.*)", re.DOTALL)
ELSEWHERE = "file://"
INCLUDE = "$include"


def overrides(said: object, where: str) -> dict[str, str]:
    """Return the parameters. `where` they stand goes into the error.

    Raises PairsError: a word is no pair, or a name comes twice. ValueError, TypeError: it has no such form.
    """
    return pairs(_words(said), where)


def _words(said: object) -> Iterator[str]:
    """Yield each parameter as Name=Value."""
    if isinstance(said, str):
        yield from _of_text(said)
    elif isinstance(said, Mapping):
        yield from _of_table(said)
    elif isinstance(said, list):
        for one in said:
            yield from _words(one)
    else:
        raise TypeError("a string, a list or a table of Name=Value is wanted")


def _of_text(said: str) -> Iterator[str]:
    if said.startswith(ELSEWHERE):
        raise ValueError(f"{said} is another file: write its parameters here")
    words = shlex.split(said)
    long = [LONG.fullmatch(one) for one in words]
    if any(long) and not all(long):
        short = next(one for one, match in zip(words, long, strict=True) if not match)
        raise ValueError(f"SAM ignores {short!r} beside ParameterKey=: write all in one form")
    yield from (
        f"{match['name']}={match['value']}" if match else one
        for one, match in zip(words, long, strict=True)
    )


def _of_table(said: Mapping[str, object]) -> Iterator[str]:
    if INCLUDE in said:
        raise ValueError(f"{INCLUDE} names another file: write its parameters here")
    for name, value in said.items():
        listed = value if isinstance(value, list) else [value]
        yield f"{name}={','.join(str(one).strip() for one in listed if one != '')}"
