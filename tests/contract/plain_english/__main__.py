"""Print the faults of pages, with what to write instead, or the figures of all texts.

python -m tests.contract.plain_english README.md docs/operate    # faults, by line; exit code 1 if any
python -m tests.contract.plain_english                           # faults of every page
python -m tests.contract.plain_english --measure                 # figures of docs, messages and docstrings
"""

from __future__ import annotations

import sys

from tests.contract.plain_english.measure import figures
from tests.contract.plain_english.pages import page, paths
from tests.contract.plain_english.passages import Kind
from tests.contract.plain_english.rules import faults

GROUPS = {
    "docs": ({".md"}, {Kind.PROSE, Kind.CELL, Kind.HEADING}),
    "messages": ({".py", ".yaml"}, {Kind.MESSAGE}),
    "docstrings": ({".py", ".yaml"}, {Kind.DOCSTRING}),
}
ROWS = {
    "sentences": lambda each: f"{each.sentences:,}",
    "words a sentence": lambda each: f"{each.words_a_sentence:.1f}",
    "sentences over 25 words": lambda each: _share(each.long, each.sentences),
    "lines over 120": lambda each: _share(each.long_lines, each.lines),
    "cells over 200": lambda each: _share(each.long_cells, each.cells),
    "listed phrases per 1000 words": lambda each: f"{1000 * each.listed / each.words:.1f}",
    "Flesch reading ease": lambda each: f"{each.reading_ease:.1f}",
    "faults": lambda each: f"{each.faults:,}",
}


def main(arguments: list[str]) -> int:
    """Do what the arguments ask for. Return the exit code."""
    if arguments == ["--measure"]:
        return _measure()
    known = list(paths())
    chosen = [path for path in known if any(_within(path, name) for name in arguments)]
    unknown = [name for name in arguments if not any(_within(path, name) for path in known)]
    if unknown:
        sys.stderr.write(f"no text that is counted: {', '.join(unknown)}; see pages.py\n")
        return 2
    return _print(chosen or known)


def _within(path: str, name: str) -> bool:
    """Whether a name, as typed, is that file or a folder above it."""
    name = name.rstrip("/")
    return path == name or path.startswith(f"{name}/")


def _print(files: list[str]) -> int:
    total = 0
    for path in files:
        found = faults(page(path))
        total += len(found)
        for each in found:
            sys.stdout.write(f"{path}:{each.line}: {each.rule}: {each.words} -> {each.remedy}\n")
    sys.stdout.write(f"{total} faults\n")
    return 1 if total else 0


def _measure() -> int:
    pages = {path: page(path) for path in paths()}
    columns = [
        figures((pages[path] for path in pages if path[path.rindex(".") :] in ends), kinds)
        for ends, kinds in GROUPS.values()
    ]
    sys.stdout.write(f"{'':32}{''.join(f'{name:>18}' for name in GROUPS)}\n")
    for name, row in ROWS.items():
        sys.stdout.write(f"{name:32}{''.join(f'{row(each):>18}' for each in columns)}\n")
    return 0


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.1f} %)" if whole else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
