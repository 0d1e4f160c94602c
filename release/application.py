"""What we tell the Serverless Application Repository about this release, and what it would refuse.

In: the project's own words (pyproject.toml) and the publisher's. Out: the template's metadata
`AWS::ServerlessRepo::Application`, or every fault at once.
Source: AWS SAM Developer Guide, template metadata section properties: names, lengths and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KEY = "AWS::ServerlessRepo::Application"
AUTHOR = re.compile(r"[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?")
LONGEST_AUTHOR, LONGEST_DESCRIPTION = 127, 256
LABELS = ["vpc", "peering", "networking", "routes", "multi-account"]
URL = re.compile(r"https://\S+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, and where people find more; a page that is empty is left out."""

    author: str = ""
    home: str = ""
    source: str = ""


class Refused(ValueError):
    """The repository would refuse the application; the words name every fault and its remedy."""


def application(project: Mapping[str, Any], version: str, publisher: Publisher) -> dict[str, Any]:
    """Return the metadata. `project`: the table of that name of pyproject.toml. Raises Refused."""
    pages = project.get("urls", {})
    said = {
        "Name": str(project["name"]),
        "Description": str(project["description"]),
        "Author": publisher.author or str(project["name"]),
        "SpdxLicenseId": str(project["license"]),
        "LicenseUrl": "LICENSE",
        "ReadmeUrl": "README.md",
        "Labels": LABELS,
        "HomePageUrl": publisher.home or pages.get("Homepage", ""),
        "SemanticVersion": version,
        "SourceCodeUrl": publisher.source or pages.get("Source", ""),
    }
    if faults := list(_faults(said)):
        raise Refused("; ".join(faults))
    return {name: value for name, value in said.items() if value}


def _faults(said: Mapping[str, Any]) -> Iterator[str]:
    author, words = said["Author"], said["Description"]
    if not AUTHOR.fullmatch(author) or len(author) > LONGEST_AUTHOR:
        yield f"AUTHOR={author}: write lower-case letters, digits and single hyphens, as in AUTHOR=net-team"
    if not 0 < len(words) <= LONGEST_DESCRIPTION:
        yield f"description in pyproject.toml: {len(words)} characters; {LONGEST_DESCRIPTION} are taken"
    for name, knob in (("HomePageUrl", "HOME_URL"), ("SourceCodeUrl", "SOURCE_URL")):
        if said[name] and not URL.fullmatch(said[name]):
            yield f"{knob}={said[name]}: write an address that begins with https://"
