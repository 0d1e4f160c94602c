"""The page of `peerkeeper map` in a real Chromium, the one of this machine. `make browser` is the door."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.page import html
from peerkeeper_cli.map.picture import Picture
from tests.browser.opened import Opened
from tests.cli.map.estate import Estate, estate, with_traffic
from tests.cli.map.hostile import hostile

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HERE = Path(__file__).parent


def chromium() -> str | None:
    """Return the browser: CHROMIUM, or one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def why_not() -> str:
    if not os.environ.get("BROWSER"):
        return "needs a browser: `make browser`"
    if chromium() is None:
        return "there is no Chromium on this machine; CHROMIUM may name one"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the browser, and say why."""
    reason = why_not()
    for item in items:
        if reason and HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium())
        yield started
        started.close()


def drawn(**size: int) -> Picture:
    return of(estate(**size))


def of(made: Estate) -> Picture:
    at = "2026-11-29 05:30"
    return picture(made.rows, made.vpcs, made.coverage, title="Peerings", masked=False, at=at)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files: an empty estate, a small, a usual and a large one, and one of hostile tags."""
    place = tmp_path_factory.mktemp("pages")
    pictures = {
        "empty": picture([], [], [], title="Nothing", masked=False, at="2026-11-29 05:30"),
        "small": drawn(accounts=2, regions=2, vpcs=7, peerings=9),
        "usual": drawn(),
        "traffic": of(with_traffic(estate(accounts=2, regions=2, vpcs=14, peerings=24))),
        "large": drawn(accounts=12, regions=4, vpcs=500, peerings=2000),
        "hostile": hostile(),
    }
    files = {name: place / f"{name}.html" for name in pictures}
    for name, made in pictures.items():
        files[name].write_text(html(made), encoding="utf-8")
    return files


@pytest.fixture
def opened(browser: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """Open a page; afterwards it must have asked for nothing and complained of nothing."""
    made: list[Opened] = []

    def open_(name: str, **context: Any) -> Opened:
        made.append(Opened(browser, pages[name], context))
        return made[-1]

    yield open_
    for one in made:
        one.close()
        assert one.asked == [], "the page asked for something"
        assert one.complaints == one.expected, "the console said something"
