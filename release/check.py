"""Say whether this commit can be released, and build what a release consists of.

    python -m release.check OUT

| check | is good where |
|---|---|
| clean | every change is committed |
| version | it has three numbers, and both templates repeat it |
| changelog | the first section is of the version, has a date and says what an upgrade needs |
| samples | the messages and tags of the version are recorded |
| tag | `v` and the version is this commit's tag, or no tag yet |
| wheel, sdist | both are built from a clone, and their metadata is valid |
| templates | they are packaged from a clone, and no larger than CloudFormation takes |
| compiled | the layer's modules are compiled for Lambda's Python |

In: the repository. Out: a table, wheel, sdist and notes in OUT; exit code 1 where a check is bad.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from release import changelog, version
from release.build import compiled, distributions, templates
from release.program import ran
from release.tick import Mark, Tick, show


def git(*words: str, at: Path = version.ROOT) -> str:
    """Return what git prints. Raises RuntimeError."""
    return ran(["git", *words], at).strip()


def tick(name: str, faults: list[str], good: str, then: str = "") -> Tick:
    """Return a bad tick with all faults, or a good one."""
    if faults:
        return Tick(name, Mark.BAD, "; ".join(faults), then)
    return Tick(name, Mark.GOOD, good)


def of_the_tree(root: Path) -> Iterator[Tick]:
    """Yield the checks that read the repository."""
    now = version.said(root)
    changed = git("status", "--porcelain", at=root).splitlines()
    faults = [f"{len(changed)} files are not committed"] if changed else []
    yield tick("clean", faults, git("log", "-1", "--format=%h %s", at=root), "commit or stash them")
    wrong = [
        f"{name} says {one or 'none'}" for name, one in version.copied(root).items() if one != now
    ]
    if not version.SEMANTIC.fullmatch(now):
        wrong.append(f"{now} has not three numbers")
    yield tick("version", wrong, now, f"make version NEW={now}")
    page = (root / "CHANGELOG.md").read_text()
    today = datetime.now(UTC).date()
    yield tick("changelog", [*changelog.faults(page, now, today)], "dated, with its upgrade note")
    there = (root / "tests/contract/released" / now).is_dir()
    yield tick("samples", [] if there else [f"none of {now}"], "recorded", "make samples")
    yield tagged(now, root)


def tagged(now: str, root: Path) -> Tick:
    """Return whether the version's tag fits this commit."""
    name, head = f"v{now}", git("rev-parse", "HEAD", at=root)
    if not git("tag", "--list", name, at=root):
        return Tick("tag", Mark.LATER, f"no {name} yet", f"git tag -a {name} -m {now}")
    if git("rev-list", "-n", "1", name, at=root) == head:
        return Tick("tag", Mark.GOOD, f"{name} is this commit")
    then = "make version NEW=… if that one is released, else git tag -f"
    return Tick("tag", Mark.BAD, f"{name} is another commit", then)


def of_a_clone(root: Path, out: Path) -> Iterator[Tick]:
    """Yield the checks that build from a clean clone; wheel and sdist stay in `out`."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        git("clone", "--quiet", "--no-hardlinks", str(root), str(clone))
        for name, build in (("wheel, sdist", distributions), ("templates", templates)):
            try:
                seen, faults = build(clone, out)
            except RuntimeError as error:
                seen, faults = "", [str(error)]
            yield tick(name, faults, seen)
        then = "put a python3.13 on PATH; without it each cold start compiles the layer"
        yield tick("compiled", compiled(clone), "for python3.13", then)


def main(words: list[str]) -> int:
    """Check, print, and leave wheel, sdist and notes; return the exit code."""
    if len(words) != 1:
        print("usage: python -m release.check OUT", file=sys.stderr)
        return 2
    root, out = version.ROOT, Path(words[0]).absolute()
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    ticks = [*of_the_tree(root), *of_a_clone(root, out)]
    text = changelog.notes((root / "CHANGELOG.md").read_text(), version.said(root))
    (out / "notes.md").write_text(f"{text}\n")
    show(ticks)
    return 1 if any(one.mark is Mark.BAD for one in ticks) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
