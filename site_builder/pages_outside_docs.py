"""A hook of MkDocs: pages of the site that stay outside docs/, where GitHub looks for them.

In: the files of docs/, and `OUTSIDE`. Out: the same files and a generated one for each page outside; links
between pages of either kind lead to their place on the site. A link to a file that the site does not have
breaks the build.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

OUTSIDE = {
    "CHANGELOG.md": "contribute/changelog.md",
    "CODE_OF_CONDUCT.md": "contribute/code-of-conduct.md",
    "CONTRIBUTING.md": "contribute/contributing.md",
    "README.md": "start/what-it-is.md",
    "ROADMAP.md": "contribute/roadmap.md",
    "SECURITY.md": "security/report.md",
    "events/README.md": "contribute/sample-events.md",
    "simulator/README.md": "contribute/simulator.md",
}
"""Each page by its place in the repository, with its place on the site. One that is not there is left out."""
LINK = re.compile(r"\]\((?!\w+:|#|//)([^)#\s]+)(#[^)\s]*)?\)")
SOURCE = re.compile(r'(\b(?:src|srcset)=")(?!\w+:|//)([^"]+)"')
"""What a picture in HTML names. MkDocs leaves it as it is, so it must lead there from the page's folder."""
CODE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)


def on_files(files: Any, config: Any) -> Any:
    """Add the pages outside to the files of the site."""
    root = Path(config.config_file_path).parent
    for source, place in OUTSIDE.items():
        if (root / source).is_file():
            text = (root / source).read_text(encoding="utf-8")
            files.append(File.generated(config, place, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Return the page with each link led to the place that its target has on the site."""
    source = _source(page.file.src_uri)
    code = [match.span() for match in CODE.finditer(markdown)]

    def led(target: str, folder: str) -> str:
        place = _place(os.path.normpath(source.parent / target))
        if place is None or not files.get_file_from_path(place):
            raise PluginError(f"{source} links to {target}, which the site does not have")
        return os.path.relpath(place, folder or ".")

    def link(found: re.Match[str]) -> str:
        if any(start <= found.start() < end for start, end in code):
            return found[0]
        return f"]({led(found[1], str(PurePosixPath(page.file.src_uri).parent))}{found[2] or ''})"

    def picture(found: re.Match[str]) -> str:
        return f'{found[1]}{led(found[2], page.file.url)}"'

    return SOURCE.sub(picture, LINK.sub(link, markdown))


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Return the page with a name for the dialog of the search, which the theme leaves out."""
    return output.replace('role="dialog">', 'role="dialog" aria-label="Search">', 1)


def _source(place: str) -> PurePosixPath:
    """Return where in the repository the page at this place of the site is written."""
    outside = {where: source for source, where in OUTSIDE.items()}
    return PurePosixPath(outside.get(place, f"docs/{place}"))


def _place(source: str) -> str | None:
    """Return where on the site a file of the repository is; None where it is nowhere."""
    if source in OUTSIDE:
        return OUTSIDE[source]
    return source.removeprefix("docs/") if source.startswith("docs/") else None
