"""The faults that are left, by page: `remaining.txt`. In: the pages. Out: how many each may have.

A page may not get more faults than its number. When it has fewer, `--lower` writes the new number. A page
without faults is not in the file. Once the file is empty, delete it together with this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

REMAINING = Path(__file__).parent / "remaining.txt"


def allowed() -> dict[str, int]:
    """Return the number of each page that may have faults."""
    lines = REMAINING.read_text().split("\n") if REMAINING.exists() else []
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {path: int(number) for number, path in pairs}


def write(numbers: Mapping[str, int]) -> None:
    """Write the file. An empty line between pages lets two people lower neighbours without a conflict."""
    lines = [f"{number:4} {path}\n" for path, number in sorted(numbers.items()) if number]
    REMAINING.write_text("\n".join(lines))


def lowered(counts: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers, lowered to today's counts. A number never rises, and a deleted page is left out."""
    return {path: min(number, counts[path]) for path, number in before.items() if path in counts}
