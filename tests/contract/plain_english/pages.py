"""Which files are held to plain English, and how each is read. In: the repository. Out: paths, `Page`s."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.contract.plain_english.markdown import page_of_markdown
from tests.contract.plain_english.passages import Page
from tests.contract.plain_english.python_source import page_of_python
from tests.contract.plain_english.template import page_of_template

ROOT = Path(__file__).parents[3]
DOCS = ("*.md", "docs/**/*.md", "events/*.md", "simulator/*.md")
TEMPLATES = ("template.yaml", "spoke.yaml")
CODE = (
    "*.py",
    *(
        f"{folder}/**/*.py"
        for folder in (
            "layers/peerkeeper",
            "functions",
            "peerkeeper_cli",
            "peerkeeper_local",
            "simulator",
            "benchmarks",
            "checks",
            "release",
            "requirements",
        )
    ),
)


def paths() -> Iterator[str]:
    """Yield each file, relative to the root, in order."""
    for pattern in (*DOCS, *TEMPLATES, *CODE):
        yield from sorted(str(each.relative_to(ROOT)) for each in ROOT.glob(pattern))


def page(path: str | Path) -> Page:
    """Return what a file says. Raise ValueError for a kind of file that nothing here reads."""
    path = ROOT / path
    source = path.read_text()
    match path.suffix:
        case ".md":
            return page_of_markdown(source)
        case ".py":
            return page_of_python(source)
        case ".yaml":
            return page_of_template(source)
    raise ValueError(f"{path} is no Markdown page, Python file or template")
