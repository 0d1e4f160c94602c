"""The pictures of docs/start/first-look.md, made from the made-up estate on the local cloud.

In: nothing. Out: docs/pictures/*.svg, and map.png where there is a Chromium.

python -m tests.contract.pictures.first_look
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from peerkeeper.settings import Mode
from rich.console import Console

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.estate.estate import Estate
from peerkeeper_cli.estate.show import read_at, show_coverage
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.map.made_map import MapWanted, make_map
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.peerings.peering_row import PeeringRow, VpcEnd
from peerkeeper_cli.peerings.show import show as show_peerings
from peerkeeper_cli.peerings.survey import Survey, survey
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.plan.proposal import proposal
from peerkeeper_cli.plan.show import show as show_plan
from peerkeeper_local.seeds.estate.stage import EstateStage
from tests.cli.in_process import estate_on

PICTURES = Path(__file__).parents[3] / "docs/pictures"
COLUMNS, LINES = 110, 44
SAID = "the hub in 111122223333/ap-northeast-2"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MAP_SIZE = "1440,900"
LAST_LETTER = 0x17F
"""The end of Latin Extended-A in Unicode. Each font of a desktop has the letters up to it."""


def pictures() -> None:
    """Make them all anew."""
    PICTURES.mkdir(exist_ok=True)
    with EstateStage() as stage:
        estate = estate_on(stage)
        estate.said = SAID
        found = survey(estate)
        planned = proposal(estate, look_ahead(estate), Mode.FULL)
        _svg("plan", "peerkeeper plan", lambda page: show_plan(page, planned, AskedFor("plan")))
        _svg("peerings", "peerkeeper peerings", lambda page: _peerings(page, found))
        _png(found, estate)


def _peerings(page: Page, found: Survey) -> None:
    words = f"Peerings as read at {read_at(found.estate)}, by the settings of {found.estate.said}"
    page.line(words, style="bold")
    show_coverage(page, found.estate)
    rows = sorted(found.rows, key=lambda row: (not row.findings, row.verdict, row.id))
    show_peerings(page, rows)


def _svg(name: str, title: str, show: Callable[[Page], None]) -> None:
    """Write the first lines of what is shown, as a terminal looks."""
    console = Console(file=io.StringIO(), width=COLUMNS, record=True, force_terminal=True)
    show(Page(console))
    lines = console.export_text(clear=False, styles=True).splitlines()[:LINES]
    short = Console(file=io.StringIO(), width=COLUMNS, record=True, force_terminal=True)
    from rich.text import Text

    for line in lines:
        short.print(Text.from_ansi(line), soft_wrap=True, highlight=False)
    svg = short.export_svg(title=title, unique_id=name)
    svg = re.sub(
        r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL
    )  # they are fetched from elsewhere
    (PICTURES / f"{name}.svg").write_text(svg)


def in_every_font(found: Survey) -> tuple[list[PeeringRow], list[VpcRow]]:
    """Return the peerings and VPCs with names of letters that each font has.

    A picture is drawn on one machine. Where its fonts lack a letter it would show a box, which looks like a
    fault of the map. A reader's browser finds such letters in other fonts.
    """
    rows = [
        replace(
            row, name=_drawn(row.name), requester=_end(row.requester), accepter=_end(row.accepter)
        )
        for row in found.rows
    ]
    return rows, [replace(vpc, name=_drawn(vpc.name)) for vpc in found.vpcs]


def _end(end: VpcEnd) -> VpcEnd:
    return replace(end, name=_drawn(end.name))


def _drawn(name: str) -> str:
    return " ".join("".join(one for one in name if ord(one) <= LAST_LETTER).split())


def _png(found: Survey, estate: Estate) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise SystemExit("no Chromium on this machine: docs/pictures/map.png is not made")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "map.html"
        rows, vpcs = in_every_font(found)
        make_map(rows, vpcs, estate.coverage, MapWanted(page), at=read_at(estate)[:-4])
        shot = PICTURES / "map.png"
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", f"--window-size={MAP_SIZE}"]
        subprocess.run(
            [browser, *arguments, f"--screenshot={shot}", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )


if __name__ == "__main__":
    pictures()
