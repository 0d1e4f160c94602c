"""Say how far the reading is, only on a terminal. In: numbers. Out: a line on stderr, removed at the end."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol


class Progress(Protocol):
    """Anything that counts the calls that are to be made, and each that ended."""

    def add(self, calls: int) -> None:
        """So many more calls are to be made."""

    def step(self) -> None:
        """One of them ended."""


class Silent:
    """Says nothing."""

    def add(self, calls: int) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""


class Bar:
    """A bar with the time left. It needs rich, which `--help` need not wait for."""

    def __init__(self, words: str) -> None:
        """Make the bar; it shows while it is entered."""
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
        from rich.progress import Progress as Columns  # noqa: PLC0415

        from peerkeeper_cli.page.output import console as on  # noqa: PLC0415

        console = on(stderr=True)
        self._columns = Columns(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("calls, left:"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._columns.add_task(words, total=0)
        self._total = 0

    def __enter__(self) -> Bar:
        self._columns.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._columns.stop()

    def add(self, calls: int) -> None:
        """Reckon with so many more calls."""
        self._total += calls
        self._columns.update(self._task, total=self._total)

    def step(self) -> None:
        """Count one."""
        self._columns.advance(self._task)
