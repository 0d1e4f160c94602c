"""`peerkeeper reach`: its options, its exit codes. In: the command line. Out: hops, a table, or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from peerkeeper_cli.asked_for import AskedFor, ReadError
from peerkeeper_cli.commands.reading_options import AsJson, PrintPolicy, reading

if TYPE_CHECKING:
    from peerkeeper.values.traffic import Traffic

    from peerkeeper_cli.reach.reached import Reached
    from peerkeeper_cli.reach.word import Word

END = "an interface, instance, private address, subnet, VPC, or the value of a tag Name"


@reading("reach")
def reach(
    asked: AskedFor,
    *,
    source: Annotated[str, typer.Argument(metavar="FROM", help=f"Who sends: {END}.")] = "",
    target: Annotated[str, typer.Argument(metavar="TO", help="Who receives: the same.")] = "",
    traffic: Annotated[
        str, typer.Argument(metavar="TRAFFIC", help="tcp/22, tcp/1024-2000, udp/53, icmp or all.")
    ] = "icmp",
    matrix: Annotated[
        bool, typer.Option("--matrix", help="A table of the subnets of two VPCs.")
    ] = False,
    as_json: AsJson = False,
    print_policy: PrintPolicy = False,
) -> None:
    """Say whether traffic would reach, and its replies come back: hop by hop, both ways. Reads only.

    Works before the VPCs are peered too. It sends no packet.

    Exit codes, of the way that was asked about: 0 would reach, 3 blocked, 4 unknown, 1 an error.
    """
    if print_policy:
        from peerkeeper_cli.reader.allowed_actions import policy  # noqa: PLC0415

        typer.echo(policy("reach", asked.role_name or ""))
        return
    one, other, wanted = _checked(source, target, traffic, matrix=matrix)
    found = _reached(asked, one, other, wanted)
    if matrix:
        refuse_others_than_vpcs(found)
    if as_json:
        from peerkeeper_cli.reach.document import document  # noqa: PLC0415

        typer.echo(json.dumps(document(found), indent=2))
    else:
        _show(found, matrix=matrix)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _checked(source: str, target: str, traffic: str, *, matrix: bool) -> tuple[Word, Word, Traffic]:
    """Return what was typed. Raises BadParameter with every fault of it."""
    from peerkeeper.values.traffic import traffic as traffic_of  # noqa: PLC0415 - `--help` need not wait

    from peerkeeper_cli.reach.word import Kind, word  # noqa: PLC0415

    faults, words, wanted = [], [], None
    for name, typed in (("FROM", source), ("TO", target)):
        try:
            words.append(word(typed))
        except ValueError as error:
            faults.append(f"{name}: {error}")
    try:
        wanted = traffic_of(traffic)
    except ValueError as error:
        faults.append(f"TRAFFIC: {error}")
    if matrix and not faults:
        vpcs = (Kind.VPC, Kind.NAME)
        faults += [f"--matrix: {one.shown} is no VPC" for one in words if one.kind not in vpcs]
    if len(words) == 2 and words[0] == words[1] and words[0].kind is not Kind.VPC:
        faults.append(f"FROM and TO are both {words[0].shown}: name two ends")
    if faults or wanted is None:
        raise typer.BadParameter("; ".join(faults))
    return words[0], words[1], wanted


def _reached(asked: AskedFor, source: Word, target: Word, traffic: Traffic) -> Reached:
    """Read and judge, with progress on a terminal. Raises ReadError."""
    from peerkeeper_cli.estate.opened import opened  # noqa: PLC0415 - `--help` need not wait
    from peerkeeper_cli.reach.asking import Asking  # noqa: PLC0415
    from peerkeeper_cli.reach.reached import reached  # noqa: PLC0415
    from peerkeeper_cli.reader.progress import Bar  # noqa: PLC0415

    where = opened(asked, look_for_hub=not asked.regions)
    with Bar("reading") as bar:
        return reached(source, target, traffic, where, Asking(where.access, bar))


def refuse_others_than_vpcs(found: Reached) -> None:
    """Say which end is no VPC, of those that were found by a name. Raises ReadError."""
    from peerkeeper_cli.reach.word import Kind  # noqa: PLC0415 - as above

    ends = (found.there.source, found.there.target) if found.there else ()
    if wrong := [f"{end} is no VPC" for end in ends if end.kind is not Kind.VPC]:
        raise ReadError(f"--matrix takes two VPCs: {', '.join(wrong)}")


def _show(found: Reached, *, matrix: bool) -> None:
    """Print a page for a person, or lines with tabs in a pipe."""
    from peerkeeper_cli.page.output import console, on_terminal  # noqa: PLC0415
    from peerkeeper_cli.page.page import Page  # noqa: PLC0415
    from peerkeeper_cli.reach.matrix_table import matrix_lines, show_matrix  # noqa: PLC0415
    from peerkeeper_cli.reach.show import lines, show  # noqa: PLC0415

    if not on_terminal():
        for line in (matrix_lines if matrix else lines)(found):
            typer.echo(line)
        return
    screen = console()
    ascii_only = not screen.encoding.startswith("utf")
    (show_matrix if matrix else show)(Page(screen), found, plain_signs=ascii_only)
