"""What each sample event is. In: the tables of events/README.md. Out: names with a few words each."""

from __future__ import annotations

import re

from peerkeeper_local.seeds.seed import EVENTS, samples

ROW = re.compile(r"^\| ([a-z][a-z-]+) \| ([^|]+) \|(?: (Seoul|Tokyo) \|)?", re.MULTILINE)


def sample_list() -> dict[str, str]:
    """Return the words by sample, in the order of the page. A sample that the page leaves out has none."""
    known = samples()
    rows = ROW.findall((EVENTS / "README.md").read_text())
    told = {name: _plain(words, city) for name, words, city in rows if name in known}
    return told | {name: "" for name in known if name not in told}


def _plain(words: str, city: str) -> str:
    place = f"{city}: " if city else ""
    return place + words.replace("`", "").strip()
