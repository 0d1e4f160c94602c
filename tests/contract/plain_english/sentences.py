"""Sentences of a passage. In: a `Passage`. Out: each `Sentence` with its line, words and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.contract.plain_english.passages import CODE, Kind, Passage

END = re.compile(
    r"""(?<!\be\.g)(?<!\bi\.e)[.!?…]["'”)*_]*\s+(?=["'“(\[*_]*[A-Z`0-9])|:\s*\n|\s·\s"""
)
CLAUSE = re.compile(r"[;:,()]\s|\s-\s|\b(?:and|or|but|so|while|because)\b")


@dataclass(frozen=True)
class Sentence:
    """One sentence, on one line."""

    line: int
    kind: Kind
    text: str

    @property
    def words(self) -> list[str]:
        """Everything between spaces that has a letter or a digit, or stands for code."""
        return [each for each in self.text.split() if re.search(r"\w", each) or CODE in each]

    @property
    def clauses(self) -> list[str]:
        """The sentence cut at its commas, semicolons, colons, brackets and conjunctions."""
        return CLAUSE.split(self.text)


def sentences(passage: Passage) -> Iterator[Sentence]:
    """Yield the sentences of a passage; a cell or a heading without a full stop is one."""
    start = 0
    for end in [*(found.end() for found in END.finditer(passage.text)), len(passage.text)]:
        raw = passage.text[start:end]
        before = passage.text[: start + len(raw) - len(raw.lstrip())]
        if text := " ".join(raw.split()):
            yield Sentence(passage.line + before.count("\n"), passage.kind, text)
        start = end
