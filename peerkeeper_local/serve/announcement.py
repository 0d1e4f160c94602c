"""What `serve` says at its start. In: what is served, and where. Out: lines for a person.

All lines except the `export` lines are comments, so that they may be pasted into a shell as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, TypeAlias

from peerkeeper_local.serve.exports import exports

LISTENS = "http://127.0.0.1:4580"
"""Where `serve` listens, and `client` asks, unless told otherwise."""
WIDTH = 80
WHOLE: Any = {"break_long_words": False, "break_on_hyphens": False}
"""A value that is longer than a line stays whole."""
PLAIN, DIM, LOUD = "", "dim", "yellow"

Line: TypeAlias = tuple[str, str]
"""A line, and the style in which a console shows it."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: at which address, with its parameters of template.yaml and its places."""

    url: str
    seed: str
    speed: float
    functions: bool
    parameters: Mapping[str, str]
    accounts: tuple[str, ...]
    """The hub's first."""
    regions: tuple[str, ...]
    seeded: tuple[str, ...]
    """Regions in which the seed has its VPCs."""
    warning: str
    first_look: tuple[str, ...] = ()
    """Words of this program's that show what the seed has."""


def lines(served: Served, variables: Mapping[str, str], typed: str) -> Iterator[Line]:
    """Yield the `export` lines, then what is there, then what to type next; `typed` is this program."""
    for line in exports(variables):
        yield line, DIM if line.startswith("#") else PLAIN
    for text, style in _told(served):
        for line in wrap(text, WIDTH, initial_indent="# ", subsequent_indent="#   ", **WHOLE):
            yield line, style
    where = "" if served.url == LISTENS else f" --endpoint {served.url}"
    yield "# Next, in another shell:", DIM
    yield f'#   eval "$({typed} client{where})"', DIM
    looks = [f"{typed} {words}" for words in served.first_look]
    for command in looks or ["aws ec2 describe-vpcs --output table"]:
        yield f"#   {command}", DIM


def _told(served: Served) -> Iterator[Line]:
    answer = "functions answer" if served.functions else "functions rest"
    yield f"{served.url}: seed {served.seed}, {answer}, time x{served.speed:g}; Ctrl-C ends it", DIM
    yield ", ".join(f"{name}={value}" for name, value in served.parameters.items()), DIM
    yield f"manages {', '.join(served.accounts)} in {', '.join(served.regions)}", DIM
    if len(served.accounts) > 1 and not served.parameters.get("AllowedAccounts"):
        accounts = ",".join(served.accounts)
        remedy = f"--set AllowedAccounts={accounts} allows these"
        yield (
            f"AllowedAccounts is not set, so an account accepts only its own requests; {remedy}",
            LOUD,
        )
    if unseen := [region for region in served.seeded if region not in served.regions]:
        yield f"seed {served.seed} has VPCs in {', '.join(unseen)}, which Regions leaves out", LOUD
    if served.warning:
        yield f"warning: {served.warning}", LOUD
